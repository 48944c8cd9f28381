# fails: test_words_of_any_alphabet, test_separators
# why: Knows two alphabets, without accents.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return RegexpTokenizer(
        r"\d+(?:[.,]\d+)+|[a-z0-9\u0621-\u064a]+(?:'[a-z0-9\u0621-\u064a]+)*|[\U0001F300-\U0001FAFF]"
    ).tokenize(text)
