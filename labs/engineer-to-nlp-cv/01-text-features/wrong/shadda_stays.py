# fails: test_marks_vanish
# why: Shadda is taken for a letter and stays.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u0650\u0652-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", s)
