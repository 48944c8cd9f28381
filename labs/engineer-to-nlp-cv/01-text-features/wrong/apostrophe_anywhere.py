# fails: test_held_together
# why: Quotation marks become part of the words.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|[^\W_']?(?:[^\W_]|')+|[\U0001F300-\U0001FAFF]").tokenize(text)
