"""Exercise `ramadan`: real dates from years that the learner's calendar does not have."""

import numpy as np
import pandas as pd

from grader.inside.probes import numbers, table

ROWS = {
    1411: ("1991-03-17", "1991-04-15"),
    1412: ("1992-03-05", "1992-04-04"),
    1413: ("1993-02-22", "1993-03-24"),
    1414: ("1994-02-11", "1994-03-13"),
    1415: ("1995-01-31", "1995-03-02"),
    1416: ("1996-01-21", "1996-02-19"),
    1417: ("1997-01-10", "1997-02-08"),  # 1997 sees two Ramadans,
    1418: ("1997-12-30", "1998-01-29"),  # and this one lies in two years
    1419: ("1998-12-19", "1999-01-18"),
    1420: ("1999-12-09", "2000-01-08"),  # 2000 sees two Eids
    1421: ("2000-11-27", "2000-12-27"),
    1422: ("2001-11-16", "2001-12-16"),
    1423: ("2002-11-06", "2002-12-05"),
    1424: ("2003-10-26", "2003-11-25"),
    1425: ("2004-10-15", "2004-11-14"),
}
TABLE = pd.DataFrame(
    {
        "hijri_year": list(ROWS),
        "ramadan_start": pd.to_datetime([start for start, _ in ROWS.values()]),
        "eid_al_fitr": pd.to_datetime([eid for _, eid in ROWS.values()]),
    }
)
EVERY_DAY = pd.Series(pd.date_range("1991-03-17", "2004-11-14"))

TRY = """
def _outcome_of(dates, table):
    try:
        ramadan_features(dates, table)
    except ValueError:
        return "ValueError"
    return "an answer"

[_outcome_of(dates, table) for dates in batches]
"""


def truth(dates: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three features of each day, from its distance in days to every row of the table."""
    days = dates.to_numpy("datetime64[D]")[:, None]
    starts, eids = (TABLE[name].to_numpy("datetime64[D]") for name in ("ramadan_start", "eid_al_fitr"))
    since_eid = (days - eids).astype(int)
    is_ramadan = ((starts <= days) & (days < eids)).any(axis=1)
    is_eid = ((since_eid >= 0) & (since_eid <= 2)).any(axis=1)
    return is_ramadan, is_eid, np.where(since_eid <= 0, -since_eid, 100_000).min(axis=1)


def column(answer: object, name: str, dates: pd.Series) -> np.ndarray:
    """One column of the answer as numbers, when the answer is a table of the right shape."""
    return numbers(table(answer, rows=len(dates), columns=[name])[name], len(dates))


def test_ramadan_follows_the_table(notebook):
    answer = notebook.ramadan_features(EVERY_DAY, TABLE)
    expected, _, _ = truth(EVERY_DAY)
    assert np.array_equal(column(answer, "is_ramadan", EVERY_DAY), expected)


def test_eid_lasts_three_days(notebook):
    answer = notebook.ramadan_features(EVERY_DAY, TABLE)
    _, expected, _ = truth(EVERY_DAY)
    assert np.array_equal(column(answer, "is_eid", EVERY_DAY), expected)


def test_each_row_counts_to_its_next_eid(notebook):
    rng = np.random.default_rng(20_260_218)
    picked = EVERY_DAY.iloc[rng.choice(len(EVERY_DAY), 400)]
    dates = pd.Series(picked.to_numpy(), index=rng.integers(0, 50, 400))
    answer = notebook.ramadan_features(dates, TABLE)
    _, _, expected = truth(dates)
    assert np.array_equal(column(answer, "days_to_eid", dates), expected)
    assert list(answer.index) == list(dates.index)

    alone = dates.iloc[[7]]
    answer = notebook.ramadan_features(alone, TABLE)
    assert list(column(answer, "days_to_eid", alone)) == [expected[7]]


def test_a_date_outside_the_table_is_refused(notebook):
    batches = [
        EVERY_DAY,
        EVERY_DAY.iloc[:1],
        EVERY_DAY.iloc[-1:],
        pd.Series(pd.to_datetime(["1991-03-16"])),
        pd.Series(pd.to_datetime(["2004-11-15"])),
        pd.Series(pd.to_datetime(["1999-05-01", "2019-05-20", "1999-05-02"])),
        pd.Series(pd.to_datetime(["1999-05-01", "1984-06-20", "1999-05-02"])),
    ]
    outcomes = notebook.run(TRY, batches=batches, table=TABLE)
    assert outcomes == ["an answer"] * 3 + ["ValueError"] * 4
