# why: NLTK's own Laplace distributions; the context slides along.

# %% exercise="lm"
from nltk import ConditionalProbDist, LaplaceProbDist


def ngram_lm(corpus, n):
    counts = ConditionalFreqDist(
        (gram[:-1], gram[-1]) for review in corpus for gram in ngrams(("<s>",) * (n - 1) + (*review, "</s>"), n)
    )
    bins = len({word for review in corpus for word in review}) + 2
    known = ConditionalProbDist(counts, LaplaceProbDist, bins=bins)

    def p(word, context):
        recent = tuple(reversed(list(reversed(context))[: n - 1]))
        return known[recent].prob(word) if recent in known else 1 / bins

    return p


def perplexity(p, review, n):
    before, total, words = ["<s>"] * (n - 1), 0.0, [*review, "</s>"]
    for word in words:
        total += math.log(p(word, before))
        before = [*before, word][1:]
    return math.exp(-total / len(words))
