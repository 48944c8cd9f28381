# fails: test_words_of_any_alphabet, test_held_together
# why: Cold and cold stay two words.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
