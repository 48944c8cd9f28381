# fails: test_emoji
# why: The range ends with the oldest faces.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001F64F]").tokenize(text)
