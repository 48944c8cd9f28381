# fails: test_held_together, test_emoji
# why: A price is two numbers.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
