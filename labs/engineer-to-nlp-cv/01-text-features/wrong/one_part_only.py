# fails: test_held_together
# why: A number with a point and a comma, or two commas, falls apart.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+[.,]\d+|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
