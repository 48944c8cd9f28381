# fails: test_separators
# why: The class \w has the underscore in it.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|\w+(?:'\w+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
