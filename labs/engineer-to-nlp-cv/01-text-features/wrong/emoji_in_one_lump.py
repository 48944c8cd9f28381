# fails: test_emoji
# why: Three angry faces become a word that no other review has.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]+").tokenize(text)
