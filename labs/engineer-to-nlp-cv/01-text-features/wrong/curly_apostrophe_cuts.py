# fails: test_held_together
# why: The apostrophe that phones write cuts a word: isn, t.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower()
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
