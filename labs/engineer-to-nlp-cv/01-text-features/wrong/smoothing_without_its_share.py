# fails: test_sums_to_one
# why: One is added to every count and one to the sum, so probabilities sum to more than 1.

# %% exercise="lm"
def ngram_lm(corpus: list[list[str]], n: int) -> Callable[[str, list[str]], float]:
    counts = ConditionalFreqDist()
    for review in corpus:
        for *context, word in ngrams(["<s>"] * (n - 1) + review + ["</s>"], n):
            counts[tuple(context)][word] += 1

    def p(word: str, context: list[str]) -> float:
        seen = counts[tuple(context[len(context) - (n - 1) :])]
        return (seen[word] + 1) / (seen.N() + 1)

    return p


def perplexity(p: Callable[[str, list[str]], float], review: list[str], n: int) -> float:
    padded = ["<s>"] * (n - 1) + review + ["</s>"]
    logs = [math.log(p(word, context)) for *context, word in ngrams(padded, n)]
    return math.exp(-sum(logs) / len(logs))
