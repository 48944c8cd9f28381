# why: Two counters, base-2 logarithms.

# %% exercise="lm"
def windows(review, n):
    signs = ["<s>" for _ in range(1, n)] + list(review) + ["</s>"]
    return [(tuple(signs[end - n + 1 : end]), signs[end]) for end in range(n - 1, len(signs))]


def ngram_lm(corpus, n):
    pairs = Counter(pair for review in corpus for pair in windows(review, n))
    contexts = Counter()
    for (context, _), times in pairs.items():
        contexts[context] += times
    vocabulary = {"</s>", "<UNK>"}.union(*corpus)

    def p(word, context):
        recent = tuple(context)[len(context) + 1 - n :]
        return (pairs[recent, word] + 1) / (contexts[recent] + len(vocabulary))

    return p


def perplexity(p, review, n):
    told = [p(word, list(context)) for context, word in windows(review, n)]
    return float(2 ** -np.log2(told).mean())
