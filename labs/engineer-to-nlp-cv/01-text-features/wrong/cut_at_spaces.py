# fails: test_separators, test_held_together, test_emoji
# why: Cuts at spaces only, so punctuation sticks to words.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    return text.lower().replace("\u2019", "'").split()
