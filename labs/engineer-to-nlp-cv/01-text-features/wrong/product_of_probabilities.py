# fails: test_perplexity
# why: The product of many probabilities is 0 in floats, and the perplexity of a long review raises.

# %% exercise="lm"
def ngram_lm(corpus: list[list[str]], n: int) -> Callable[[str, list[str]], float]:
    counts = ConditionalFreqDist()
    for review in corpus:
        for *context, word in ngrams(["<s>"] * (n - 1) + review + ["</s>"], n):
            counts[tuple(context)][word] += 1
    size = len({word for review in corpus for word in review}) + 2

    def p(word: str, context: list[str]) -> float:
        seen = counts[tuple(context[len(context) - (n - 1) :])]
        return (seen[word] + 1) / (seen.N() + size)

    return p


def perplexity(p: Callable[[str, list[str]], float], review: list[str], n: int) -> float:
    padded = ["<s>"] * (n - 1) + review + ["</s>"]
    factors = [p(word, context) for *context, word in ngrams(padded, n)]
    return math.prod(factors) ** (-1 / len(factors))
