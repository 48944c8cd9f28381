# fails: test_drawn_out_letters
# why: Every double letter becomes a single one, in 'good' and in the doubled letters of Arabic too.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([^\W\d_])\1+", r"\1", s)
