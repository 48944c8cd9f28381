# fails: test_separators, test_held_together, test_emoji
# why: A tokenizer made for English newspapers: it cuts don't in two, knows no Arabic comma and glues emoji.

# %% exercise="tokenize"
from nltk.tokenize import TreebankWordTokenizer


def tokenize(text: str) -> list[str]:
    tokens = TreebankWordTokenizer().tokenize(text.lower().replace("\u2019", "'"))
    return [token for token in tokens if token[0].isalnum() or "\U0001f300" <= token[0] <= "\U0001faff"]
