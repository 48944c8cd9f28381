# fails: test_words_of_any_alphabet, test_held_together
# why: Any digits are a number first, so 7elw is cut in two.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(r"\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W_]+)*|[\U0001F300-\U0001FAFF]").tokenize(text)
