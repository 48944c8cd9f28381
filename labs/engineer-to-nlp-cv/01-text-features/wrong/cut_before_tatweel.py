# fails: test_drawn_out_letters
# why: Shortens runs first and takes tatweel away afterwards, so a second call finds runs that the first made.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub(r"([^\W\d_])\1{2,}", r"\1\1", s)
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    return s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
