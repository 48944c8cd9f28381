# why: One pass over the characters, without a regular expression.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    plain = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
    folded: list[str] = []
    for sign in s:
        code = ord(sign)
        if code in {0x640, 0x670, 0x200E, 0x200F} or 0x64B <= code <= 0x65F:
            continue
        if 0x660 <= code <= 0x669 or 0x6F0 <= code <= 0x6F9:
            folded.append(str(code & 0xF))
            continue
        letter = plain.get(sign, sign)
        if not letter.isalpha() or folded[-2:] != [letter, letter]:
            folded.append(letter)
    return "".join(folded)
