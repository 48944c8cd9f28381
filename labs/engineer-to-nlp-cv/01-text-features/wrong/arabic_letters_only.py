# fails: test_marks_vanish, test_drawn_out_letters, test_the_rest_stays
# why: Keeps a list of letters instead of naming what goes: accents, other alphabets, prices' points and emoji are lost.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    s = re.sub(r"[^\u0621-\u063a\u0641-\u064aa-zA-Z0-9\s]", "", s)
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", s)
