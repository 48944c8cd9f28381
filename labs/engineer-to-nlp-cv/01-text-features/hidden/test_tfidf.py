"""Exercise `tfidf`: where its words and weights come from, what they are, and rows about which nothing is known."""

import math

import numpy as np
import pandas as pd

from grader.inside.probes import check_pure, check_same, numbers

WORDS = ["room", "view", "غرفة", "نظيفة", "pool", "breakfast", "قريب", "staff", "noise", "بحر", "lift", "🌊"]


def make(seed: int, reviews: int, words: list[str]) -> list[list[str]]:
    """Hotel reviews: a few words are in most of them, most are in few, and some come twice in one."""
    rng = np.random.default_rng(seed)
    share = 1 / (np.arange(len(words)) + 1.5)
    return [
        [str(word) for word in rng.choice(words, int(rng.integers(2, 10)), p=share / share.sum())]
        for _ in range(reviews)
    ]


TRAIN = make(851, 50, WORDS)
NEW = make(852, 20, [*WORDS[::-1], "spa", "موقف"])


def features(answer: object, rows: int) -> pd.DataFrame:
    """The answer as a table of finite numbers, each word once, in the words' order."""
    assert isinstance(answer, pd.DataFrame), f"not a DataFrame but a {type(answer).__name__}"
    names = list(answer.columns)
    assert all(isinstance(name, str) for name in names), "columns are not named by words"
    assert len(set(names)) == len(names), "a word has two columns"
    values = numbers(answer, (rows, len(names)))
    return pd.DataFrame(values, columns=names)[sorted(names)]


def ask(notebook, train, new, min_df: int = 1) -> pd.DataFrame:
    return features(notebook.tfidf(train, new, min_df), len(new))


def truth(train, new, word: str) -> list[float]:
    """Weights of a word in each review, before scaling, by counting one review at a time."""
    have = 0
    for review in train:
        have += word in review
    return [review.count(word) * (math.log((1 + len(train)) / (1 + have)) + 1) for review in new]


def test_learned_from_train(notebook):
    together = ask(notebook, TRAIN, NEW)
    changed = [*NEW[:6], *[["room", "🌊", "spa"]] * 30]
    others = ask(notebook, TRAIN, changed)
    assert list(others.columns) == list(together.columns), "the columns depend on `new`"
    check_same(others.to_numpy()[:6], together.to_numpy()[:6])
    for place in (0, 7, 13):
        check_same(ask(notebook, TRAIN, [NEW[place]]).to_numpy(), together.to_numpy()[[place]])

    more = [*TRAIN, *[["room", "view"]] * 40]
    assert not np.allclose(ask(notebook, more, NEW).to_numpy(), together.to_numpy()), "training does not show"


def test_count_times_weight(notebook):
    known = [review for review in NEW if set(review) & set(WORDS)]
    for train in (TRAIN, TRAIN[:7], TRAIN[:1]):
        words = sorted({word for review in train for word in review})
        expected = np.array([truth(train, known, word) for word in words]).T
        told = ask(notebook, train, known)
        assert set(words) <= set(told.columns), "a word of train has no column"
        values = told[words].to_numpy()
        # The direction of each row; its length is another test's business.
        lengths = np.sqrt((values**2).sum(axis=1, keepdims=True)), np.sqrt((expected**2).sum(axis=1, keepdims=True))
        some = lengths[1][:, 0] > 0
        check_same(values[some] / lengths[0][some], expected[some] / lengths[1][some])


def test_columns(notebook):
    train = [*TRAIN, ["twice", "twice", "twice"], ["both", "both"], ["both"], ["Zone", "أول"], ["Zone", "أول"]]
    for min_df in (1, 2, 3, 20):
        words = sorted({word for review in train for word in review})
        kept = [word for word in words if sum(word in review for review in train) >= min_df]
        answer = notebook.tfidf(train, NEW, min_df)
        assert isinstance(answer, pd.DataFrame)
        assert [str(name) for name in answer.columns] == kept


def test_length_one_or_nothing(notebook):
    new = [[], *NEW[:5], ["spa", "موقف", "spa"], ["staff"], []]
    answer = check_pure(notebook, "tfidf", TRAIN, new, 2)
    told = features(answer, len(new)).to_numpy()
    assert list(answer.index) == list(range(len(new)))
    known = {word for word in WORDS if sum(word in review for review in TRAIN) >= 2}
    expected = [float(bool(known & set(review))) for review in new]
    assert np.allclose(np.sqrt((told**2).sum(axis=1)), expected), "lengths are not 1, or 0 for nothing known"
