# why: re.finditer on the text as it is; case and apostrophes are mended in each token.

# %% exercise="tokenize"
NUMBER = r"[0-9]+(?:[.,][0-9]+)+"
WORD = r"(?:(?!_)\w)+(?:['’](?:(?!_)\w)+)*"
EMOJI = r"[🌀-\U0001FAFF]"


def tokenize(text: str) -> list[str]:
    found = re.finditer(f"{NUMBER}|{WORD}|{EMOJI}", text)
    return [match.group().lower().replace("’", "'") for match in found]
