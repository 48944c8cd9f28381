# fails: test_one_form
# why: Alef wasla is not among the forms of alef.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", s)
