# why: One table for all that vanishes or changes, then runs by groupby.

# %% exercise="normalize"
from itertools import groupby

TABLE = dict.fromkeys([0x640, 0x670, 0x200E, 0x200F, *range(0x64B, 0x660)])
TABLE |= dict.fromkeys(map(ord, "أإآٱ"), "ا") | {ord("ى"): "ي", ord("ة"): "ه"}
TABLE |= {start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)}


def normalize_ar(s: str) -> str:
    runs = [(letter, len(list(run))) for letter, run in groupby(s.translate(TABLE))]
    return "".join(letter * (min(length, 2) if letter.isalpha() else length) for letter, length in runs)
