# fails: test_drawn_out_letters
# why: Only Arabic letters are shortened, where half of the reviews are not Arabic.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    s = re.sub("[\u0640\u064b-\u065f\u0670\u200e\u200f]", "", s)
    s = s.translate(str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + 2 * "0123456789"))
    return re.sub(r"([\u0621-\u064a])\1{2,}", r"\1\1", s)
