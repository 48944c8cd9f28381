"""Exercise `preprocessor`: which statistics it learns, which columns it makes, and how it finds its own."""

import statistics

import numpy as np
import pandas as pd

from grader.inside.probes import check_same

NUM = ["litres", "km", "age"]
CAT = ["fuel", "depot"]

# Fits on one table and transforms others, beside the learner's object.
FIT = """
_steps = build_preprocessor(num, cat)
_fitted = _steps.fit(train)
[_fitted.transform(table) for table in tables]
"""


def make(seed: int, rows: int, *, fuels: list[str], shift: float = 0.0) -> pd.DataFrame:
    """Lorries of a made-up fleet: skewed numbers with gaps, and two columns of texts with gaps."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({name: rng.gamma(1.5, 20 * (place + 1), rows) + shift for place, name in enumerate(NUM)})
    frame["fuel"] = rng.choice(fuels, rows).astype(object)
    frame["depot"] = rng.choice([f"bay {number}" for number in range(12)], rows).astype(object)
    for name in (*NUM, *CAT):
        frame.loc[rng.choice(rows, rows // 8, replace=False), name] = np.nan
    return frame


TRAIN = make(121, 200, fuels=["zero", "diesel", "petrol"])
NEW = make(122, 40, fuels=["petrol", "hydrogen", "zero", "diesel"], shift=55)


def scaled(train: pd.DataFrame, new: pd.DataFrame, names: list[str]) -> np.ndarray:
    """The columns of numbers by hand."""
    columns = []
    for name in names:
        known = [value for value in train[name] if not np.isnan(value)]
        usual = statistics.median(known)
        filled = [usual if np.isnan(value) else value for value in train[name]]
        mean, spread = statistics.fmean(filled), statistics.pstdev(filled)
        columns.append([((usual if np.isnan(value) else value) - mean) / spread for value in new[name]])
    return np.array(columns).T


def encoded(train: pd.DataFrame, new: pd.DataFrame, names: list[str]) -> np.ndarray:
    """The columns of categories by hand."""
    columns = []
    for name in names:
        known, asked = train[name].fillna("missing"), new[name].fillna("missing")
        columns += [[float(value == category) for value in asked] for category in sorted(set(known))]
    return np.array(columns).T


def fit(notebook, train, tables, *, num=NUM, cat=CAT) -> list[np.ndarray]:
    """What the learner's steps make of some tables after they were fitted on `train`."""
    told = notebook.run(FIT, num=num, cat=cat, train=train, tables=tables)
    assert isinstance(told, list)
    assert len(told) == len(tables)
    for answer, given in zip(told, tables, strict=True):
        assert isinstance(answer, np.ndarray), f"not an array but a {type(answer).__name__}"
        assert answer.ndim == 2
        assert len(answer) == len(given)
        assert answer.dtype.kind == "f", f"dtype {answer.dtype}"
    return told


def test_numbers_use_training_statistics(notebook):
    alone = [NEW[NUM].iloc[[place]] for place in (0, 11, 23)]
    train, new, *ones = fit(notebook, TRAIN[NUM], [TRAIN[NUM], NEW[NUM], *alone], cat=[])
    check_same(train, scaled(TRAIN, TRAIN, NUM))
    expected = scaled(TRAIN, NEW, NUM)
    check_same(new, expected)
    for place, one in zip((0, 11, 23), ones, strict=True):
        check_same(one, expected[[place]])


def test_categories_of_training_get_columns(notebook):
    complete = TRAIN.dropna()
    (new,) = fit(notebook, TRAIN, [NEW])
    check_same(new[:, 3:], encoded(TRAIN, NEW, CAT))
    (gaps,) = fit(notebook, complete, [NEW])
    check_same(gaps[:, 3:], encoded(complete, NEW, CAT))
    named = TRAIN.assign(fuel=TRAIN["fuel"].replace("petrol", "missing"))
    (together,) = fit(notebook, named, [NEW])
    check_same(together[:, 3:], encoded(named, NEW, CAT))


def test_columns_are_found_by_name(notebook):
    num, cat = ["age", "litres"], ["depot", "fuel"]
    known = NEW[NEW["fuel"] != "hydrogen"]
    shuffled = known[["fuel", "age", "km", "depot", "litres"]].assign(driver="Yousef", km=np.nan)
    shuffled.index = np.arange(len(known)) % 7
    train = TRAIN[["depot", "km", "litres", "fuel", "age"]].assign(churned=1)
    (plain,) = fit(notebook, TRAIN[num + cat], [known[num + cat]], num=num, cat=cat)
    assert (plain[:, :2].std(axis=0) > 0).all(), "the numbers are the same in all rows"
    assert np.corrcoef(plain[:, 0], known["age"].fillna(TRAIN["age"].median()))[0, 1] > 0.95, "the first is not age"
    (answer,) = fit(notebook, train, [shuffled], num=num, cat=cat)
    check_same(answer, plain)


def test_an_empty_column_keeps_its_place(notebook):
    train = TRAIN.assign(km=np.nan, age=4.0)
    (answer,) = fit(notebook, train, [train])
    assert answer.shape[1] == 3 + encoded(TRAIN, TRAIN, CAT).shape[1], f"{answer.shape[1]} columns"
    check_same(answer[:, 1:3], np.zeros((len(TRAIN), 2)))
    assert answer[:, 0].std() > 0, "a column with values became 0 too"
