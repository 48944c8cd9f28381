"""Exercise `features`: a request alone, in a batch, and in the table that training had."""

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from grader.inside.probes import check_same, numbers

NUMBERS = ["tenure_months", "monthly_bill_omr", "data_gb", "complaints"]
TEXTS = ["plan", "governorate"]
PLANS = ["gold", "silver", "bronze", "wood"]

# A preprocessor of this file's own, so that nothing depends on exercise 3.
FIT = """
from sklearn.compose import ColumnTransformer as _Columns
from sklearn.impute import SimpleImputer as _Imputer
from sklearn.pipeline import make_pipeline as _make
from sklearn.preprocessing import OneHotEncoder as _OneHot, StandardScaler as _Scaler

_numbers = _make(_Imputer(strategy="median"), _Scaler())
_code = _OneHot(handle_unknown="ignore", sparse_output=False)
_texts = _make(_Imputer(strategy="constant", fill_value="missing"), _code)
_fitted = _Columns([("numbers", _numbers, NUMBERS), ("texts", _texts, TEXTS)]).fit(train)
[to_features(_fitted, rows) for rows in batches]
"""


def make(seed: int, rows: int, plans: list[str]) -> pd.DataFrame:
    """Customers as they stand in a cleaned table."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({name: np.round(rng.gamma(2, 9, rows), 2) for name in NUMBERS})
    frame["plan"] = rng.choice(plans, rows).astype(object)
    frame["governorate"] = rng.choice(["buraimi", "al wusta"], rows).astype(object)
    for name in (*NUMBERS, *TEXTS):
        frame.loc[rng.choice(rows, rows // 6, replace=False), name] = np.nan
    return frame


TRAIN = make(131, 120, PLANS)
NEW = make(132, 36, [*PLANS, "platinum"])


def requests(frame: pd.DataFrame) -> list[dict]:
    """The same customers as the service gets them."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{"customer_id": f"OM{place:03d}", **row} for place, row in enumerate(rows)]


def truth(frame: pd.DataFrame) -> np.ndarray:
    """The features of the customers in a table."""
    steps = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), NUMBERS),
            (
                "texts",
                make_pipeline(
                    SimpleImputer(strategy="constant", fill_value="missing"),
                    OneHotEncoder(handle_unknown="ignore", sparse_output=False),
                ),
                TEXTS,
            ),
        ]
    )
    return steps.fit(TRAIN).transform(frame.astype(dict.fromkeys(TEXTS, object)))


def ask(notebook, batches: list[list[dict]]) -> list:
    told = notebook.run(FIT, train=TRAIN, batches=batches)
    assert isinstance(told, list)
    assert len(told) == len(batches)
    return told


def test_alone_as_among_others(notebook):
    known = NEW.dropna().reset_index(drop=True)
    rows, expected = requests(known), truth(known)
    together, backwards, *ones = ask(notebook, [rows, rows[::-1], *[[row] for row in rows]])
    assert isinstance(together, np.ndarray)
    check_same(together, expected)
    check_same(backwards, expected[::-1])
    for place, one in enumerate(ones):
        check_same(one, expected[[place]])


def test_fields_find_their_columns(notebook):
    known = NEW.dropna().reset_index(drop=True)
    rows = requests(known)
    rng = np.random.default_rng(133)
    shuffled = []
    for row in rows:
        names = [*row, "agent", "called_at"]
        more = row | {"agent": "Maryam", "called_at": "2025-05-01T09:00:00Z"}
        shuffled.append({names[place]: more[names[place]] for place in rng.permutation(len(names))})
    plain, together, one, alone = ask(notebook, [rows, shuffled, rows[4:5], shuffled[4:5]])
    assert len(np.unique(numbers(plain), axis=0)) > 5, "all requests have the same features"
    check_same(together, plain)
    check_same(alone, one)


def test_none_is_a_gap(notebook):
    rows, expected = requests(NEW), truth(NEW)
    absent = [{name: value for name, value in row.items() if value is not None} for row in rows]
    nothing = pd.DataFrame({name: [np.nan] * 2 for name in (*NUMBERS, *TEXTS)})
    unknown = requests(nothing)
    texts = [{name: None if name in TEXTS else value for name, value in row.items()} for row in rows]
    without_texts = truth(NEW.assign(plan=np.nan, governorate=np.nan))
    gaps = [place for place in range(len(NEW)) if NEW.iloc[place].isna().any()]
    told = ask(notebook, [rows, absent, unknown, [{"customer_id": "OM9"}], texts, *[[rows[place]] for place in gaps]])
    together, fewer, none_known, only_id, no_texts, *ones = told
    check_same(together, expected)
    check_same(fewer, expected)
    check_same(none_known, truth(nothing))
    check_same(only_id, truth(nothing.iloc[:1]))
    check_same(no_texts, without_texts)
    for place, one in zip(gaps, ones, strict=True):
        check_same(one, expected[[place]])


def test_an_empty_batch_has_no_rows(notebook):
    (empty,) = ask(notebook, [[]])
    assert isinstance(empty, np.ndarray)
    numbers(empty, (0, truth(NEW).shape[1]))
