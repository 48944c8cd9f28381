# score: 10
# why: An honest learner: right but for prices, tokens cut at spaces, no ends, and the leak.

# %% exercise="normalize"
def normalize_ar(s: str) -> str:
    for mark in ["ـ", "\u0670", "\u200e", "\u200f"] + [chr(code) for code in range(0x64B, 0x660)]:
        s = s.replace(mark, "")
    for these, plain in {"أإآٱ": "ا", "ى": "ي", "ة": "ه"}.items():
        for letter in these:
            s = s.replace(letter, plain)
    for digit in range(10):
        s = s.replace(chr(0x660 + digit), str(digit)).replace(chr(0x6F0 + digit), str(digit))
    return re.sub(r"(\w)\1\1+", r"\1\1", s)


# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    return [word.strip(".,!?،؟") for word in text.lower().split()]


# %% exercise="lm"
def ngram_lm(corpus: list[list[str]], n: int) -> Callable[[str, list[str]], float]:
    counts = {}
    for review in corpus:
        padded = ["<s>"] * (n - 1) + review
        for i in range(n - 1, len(padded)):
            key = tuple(padded[i - n + 1 : i])
            counts.setdefault(key, Counter())[padded[i]] += 1
    vocabulary = {word for review in corpus for word in review} | {"</s>", "<UNK>"}

    def p(word, context):
        seen = counts.get(tuple(context[-(n - 1) :]) if n > 1 else (), Counter())
        return (seen[word] + 1) / (sum(seen.values()) + len(vocabulary))

    return p


def perplexity(p: Callable[[str, list[str]], float], review: list[str], n: int) -> float:
    padded = ["<s>"] * (n - 1) + review + ["</s>"]
    logs = [np.log(p(padded[i], padded[i - n + 1 : i])) for i in range(n - 1, len(padded))]
    return float(np.exp(-np.mean(logs)))


# %% exercise="tfidf"
from sklearn.feature_extraction.text import TfidfVectorizer


def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    vectorizer = TfidfVectorizer(analyzer=lambda x: x, min_df=min_df)
    vectorizer.fit(train + new)
    return pd.DataFrame(vectorizer.transform(new).toarray(), columns=vectorizer.get_feature_names_out())
