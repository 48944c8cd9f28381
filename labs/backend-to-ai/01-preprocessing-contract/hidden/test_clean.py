"""Exercise `clean`: what each cell becomes, and what must not change."""

import numpy as np
import pandas as pd

from grader.inside.probes import check_pure, check_same, table

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
NUMBERS = ["tenure_months", "monthly_bill_omr", "data_gb", "complaints"]
TEXTS = ["plan", "governorate"]
BLANKS = ["", " ", "-", " - ", "N/A", "n/a", " N/a", None, float("nan")]
ROWS = 90

TRY = """
def _outcome(table):
    try:
        clean(table)
    except ValueError as error:
        return ["ValueError", str(error)]
    return ["an answer", ""]

[_outcome(table) for table in tables]
"""


def write(rng: np.random.Generator, number: float) -> object:
    """One number in one of the ways in which it may stand in a table."""
    ways = [number, str(number), f" {number:,} ", str(number).translate(ARABIC), f"{number:,}".translate(ARABIC)]
    return ways[rng.integers(len(ways))]


def make(seed: int, *, plain: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A table as it is exported, and as it should be after cleaning; `plain` numbers are Latin digits alone."""
    rng = np.random.default_rng(seed)
    truth = {name: np.round(rng.gamma(2, 900, ROWS), 3) for name in NUMBERS}
    truth["complaints"] = rng.integers(0, 2_000, ROWS).astype(float)
    raw = {
        name: [str(number) if plain else write(rng, number.item()) for number in numbers]
        for name, numbers in truth.items()
    }
    for name, names in zip(TEXTS, (["gold", "silver", "night & day"], ["al wusta", "buraimi"]), strict=True):
        truth[name] = rng.choice(names, ROWS).astype(object)
        spell = [str.title, str.upper, str.lower, "  {} ".format]
        raw[name] = [spell[rng.integers(len(spell))](text) for text in truth[name]]
    for name in (*NUMBERS, *TEXTS):
        for place in rng.choice(ROWS, len(BLANKS), replace=False):
            raw[name][place] = BLANKS[rng.integers(len(BLANKS))]
            truth[name][place] = np.nan
    return pd.DataFrame(raw, dtype=object), pd.DataFrame(truth)


def test_table_reads_numbers(notebook):
    raw, truth = make(111)
    whole = pd.DataFrame({name: [3, 4] for name in NUMBERS} | {name: ["a", "b"] for name in TEXTS})
    cleaned = table(notebook.clean(raw), rows=ROWS, columns=NUMBERS)
    for name in NUMBERS:
        assert cleaned[name].dtype == np.float64, f"{name} is {cleaned[name].dtype}"
        check_same(cleaned[name], truth[name])
    one = table(notebook.clean(raw.iloc[[7]]), rows=1, columns=NUMBERS)
    check_same(one[NUMBERS], truth.iloc[[7]][NUMBERS])
    ints = table(notebook.clean(whole), rows=2, columns=NUMBERS)
    assert all(ints[name].dtype == np.float64 for name in NUMBERS)
    check_same(ints[NUMBERS], [[3] * 4, [4] * 4])


def test_unreadable_number_is_named(notebook):
    raw, _ = make(112, plain=True)
    tables = [raw]
    for name, text in zip(NUMBERS, ("a year", "12 OMR", "٣٫٣٫٣", "none"), strict=True):
        tables.append(raw.assign(**{name: [*raw[name][:-1], text]}))
    told = notebook.run(TRY, tables=tables)
    assert isinstance(told, list)
    assert [kind for kind, _ in told] == ["an answer"] + ["ValueError"] * 4
    for name, (_, message) in zip(NUMBERS, told[1:], strict=True):
        assert name in message


def test_texts_have_one_spelling(notebook):
    raw, truth = make(113, plain=True)
    cleaned = table(notebook.clean(raw), rows=ROWS, columns=TEXTS)
    for name in TEXTS:
        for found, expected in zip(cleaned[name], truth[name], strict=True):
            if isinstance(expected, str):
                assert isinstance(found, str)
                assert found == expected
            else:
                assert isinstance(found, float), f"not NaN but {found!r}"
                assert np.isnan(found)


def test_table_keeps_its_rows(notebook):
    raw, truth = make(114, plain=True)
    rng = np.random.default_rng(115)
    raw = pd.concat([raw, raw.iloc[:5]]).iloc[rng.permutation(ROWS + 5)]
    places = raw.index.to_numpy()
    raw = raw.assign(customer_id=[f" OM{number} " for number in range(ROWS + 5)], churned=rng.integers(0, 2, ROWS + 5))
    raw.index = rng.integers(0, 30, ROWS + 5)
    raw = raw[["churned", "plan", "data_gb", "customer_id", "complaints", "governorate", *NUMBERS[:2]]]
    cleaned = table(check_pure(notebook, "clean", raw), rows=ROWS + 5, columns=raw.columns)
    assert list(cleaned.columns) == list(raw.columns)
    assert list(cleaned.index) == list(raw.index)
    assert list(cleaned["customer_id"]) == list(raw["customer_id"])
    assert list(cleaned["churned"]) == list(raw["churned"])
    expected = truth["data_gb"].to_numpy()[places]
    check_same(cleaned["data_gb"].to_numpy()[~np.isnan(expected)], expected[~np.isnan(expected)])
