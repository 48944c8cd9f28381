"""Exercise `lm`: what is counted, that probabilities sum to one, and what perplexity makes of them."""

import math

import numpy as np

from grader.inside.probes import numbers

ASK = """
_p = ngram_lm(corpus, n)
[_p(_word, list(_context)) for _word, _context in questions]
"""
# Any function of a word and its context will do for a probability; this one knows the context's words and their order.
OTHER = """
def _other(word, context):
    assert isinstance(context, list)
    weight = sum((place + 1) * len(token) for place, token in enumerate(context)) + 3 * len(word) + 5 * len(context)
    return 0.02 + (weight % 17) / 20

[perplexity(_other, _review, n) for _review in reviews]
"""
NEVER = "a word that no corpus has"


def make(seed: int, reviews: int = 40) -> list[list[str]]:
    """Reviews of a train line: a small vocabulary, where words like to follow some words more than others."""
    rng = np.random.default_rng(seed)
    words = ["قطار", "clean", "late", "محطة", "wifi", "seat", "من", "نظيف"]
    corpus = []
    for _ in range(reviews):
        walk = [int(rng.integers(0, len(words)))]
        while rng.random() < 0.8:
            walk.append((walk[-1] + int(rng.choice([1, 2, 5], p=[0.6, 0.3, 0.1]))) % len(words))
        corpus.append([words[place] for place in walk])
    return [*corpus, [], corpus[0][:1]]


def ask(notebook, corpus, n: int, questions: list[tuple[str, list[str]]]) -> np.ndarray:
    """The probabilities of many words, each after its context, in one question."""
    return numbers(notebook.run(ASK, corpus=corpus, n=n, questions=questions), len(questions))


def counts_told(notebook, corpus, n: int, questions: list[tuple[str, list[str]]]) -> np.ndarray:
    """The count behind each probability: after the same context, p(word) / p(a word never seen) is count + 1."""
    unseen = [(NEVER, context) for _, context in questions]
    told = ask(notebook, corpus, n, questions + unseen)
    assert (told > 0).all(), "a probability is 0"
    return told[: len(questions)] / told[len(questions) :] - 1


def count(corpus, n: int, word: str, context: list[str]) -> int:
    """How often the word follows the context inside one review, by trying every place of every review."""
    found = 0
    for review in corpus:
        padded = ["<s>"] * (n - 1) + review + ["</s>"]
        for place in range(n - 1, len(padded)):
            found += padded[place] == word and padded[place - n + 1 : place] == context
    return found


def test_counts_with_one_added(notebook):
    for seed, n in ((831, 2), (832, 3), (833, 4)):
        corpus = make(seed)
        words = sorted({word for review in corpus for word in review})
        contexts = [review[place - n + 1 : place] for review in corpus for place in range(n - 1, len(review))][:12]
        questions = [(word, context) for context in contexts for word in words]
        truth = [count(corpus, n, word, context) for word, context in questions]
        assert max(truth) > 1
        assert np.allclose(counts_told(notebook, corpus, n, questions), truth)


def test_sums_to_one(notebook):
    for seed, n in ((834, 2), (835, 3)):
        corpus = make(seed)
        words = sorted({word for review in corpus for word in review})
        inside = next(review[: n - 1] for review in corpus if len(review) >= n)
        for context in (inside, [NEVER] * (n - 1)):
            told = ask(notebook, corpus, n, [(word, context) for word in [*words, "</s>", NEVER]])
            assert (told > 0).all()
            assert math.isclose(told.sum(), 1, rel_tol=1e-9), f"sum {told.sum()}"
    told = ask(notebook, corpus, n, [(word, [NEVER] * (n - 1)) for word in [*words, "</s>", NEVER]])
    assert np.allclose(told, 1 / (len(words) + 2)), "after a context never seen all words are alike"


def test_begin_and_end(notebook):
    for seed, n in ((836, 2), (837, 3)):
        corpus = make(seed)
        words = sorted({word for review in corpus for word in review})
        start = ["<s>"] * (n - 1)
        ends = [(["<s>"] * n + review)[-(n - 1) :] for review in corpus][:12]
        questions = [(word, start) for word in [*words, "</s>"]] + [("</s>", end) for end in ends]
        truth = [count(corpus, n, word, context) for word, context in questions]
        assert np.allclose(counts_told(notebook, corpus, n, questions), truth)

    # Nothing follows from the review before.
    corpus = [["seat", "late"], ["wifi", "clean"]] * 5
    crossing = [("wifi", ["late"]), ("seat", ["clean"]), ("<s>", ["late"])]
    assert np.allclose(counts_told(notebook, corpus, 2, crossing), 0)


def test_only_last_words_count(notebook):
    for seed, n in ((838, 1), (839, 2), (840, 3)):
        corpus = make(seed)
        words = sorted({word for review in corpus for word in review})
        recent = next(review[: n - 1] for review in corpus if len(review) >= n)
        longer = [[*before, *recent] for before in ([], ["<s>"], [words[0]], [words[1], NEVER, words[2]])]
        told = ask(notebook, corpus, n, [(word, context) for context in longer for word in words])
        told = told.reshape(len(longer), len(words))
        assert np.allclose(told, told[0]), "words further back change the answer"
        assert len(np.unique(told[0].round(9))) > 1, "all words are equally probable"

    tokens = [word for review in corpus for word in [*review, "</s>"]]
    told = counts_told(notebook, corpus, 1, [(word, ["<s>", words[0]]) for word in words])
    assert np.allclose(told, [tokens.count(word) for word in words]), "n = 1 counts words, wherever they stand"


def test_perplexity(notebook):
    for seed, n in ((841, 1), (842, 2), (843, 3)):
        reviews = [*make(seed, 10), make(seed, 3)[0] * 900]
        truth = []
        for review in reviews:
            padded = ["<s>"] * (n - 1) + review + ["</s>"]
            logs = []
            for place in range(n - 1, len(padded)):
                context = padded[place - n + 1 : place]
                weight = sum((number + 1) * len(token) for number, token in enumerate(context))
                logs.append(math.log2(0.02 + (weight + 3 * len(padded[place]) + 5 * len(context)) % 17 / 20))
            truth.append(2 ** -np.mean(logs))
        told = numbers(notebook.run(OTHER, reviews=reviews, n=n), len(reviews))
        assert np.allclose(told, truth)
