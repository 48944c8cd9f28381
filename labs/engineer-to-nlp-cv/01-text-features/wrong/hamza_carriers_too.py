# fails: test_the_rest_stays
# why: Folds the hamza on waw and ya as well, which the rules leave alone.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱؤئىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااويي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", s)
