# fails: test_drawn_out_letters
# why: A letter drawn out is left standing once: 'good' drawn out becomes 'god'.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([^\W\d_])\1{2,}", r"\1", s)
