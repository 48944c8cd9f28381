# fails: test_the_rest_stays
# why: Any character counts as drawn out, so 4000 becomes 400 and the price is wrong.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"(.)\1{2,}", r"\1\1", s)
