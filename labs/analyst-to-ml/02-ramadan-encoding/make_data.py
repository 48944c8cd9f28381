"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The sales and the launches are generated, by the process that is written down here. The calendar is real.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

SEED = 1446
DATA = Path(__file__).parent / "data"

# First day of Ramadan and of Shawwal (Eid al-Fitr) in the Umm al-Qura calendar, 1436 to 1452 AH.
RAMADAN = """\
hijri_year,ramadan_start,eid_al_fitr
1436,2015-06-18,2015-07-17
1437,2016-06-06,2016-07-06
1438,2017-05-27,2017-06-25
1439,2018-05-16,2018-06-15
1440,2019-05-06,2019-06-04
1441,2020-04-24,2020-05-24
1442,2021-04-13,2021-05-13
1443,2022-04-02,2022-05-02
1444,2023-03-23,2023-04-21
1445,2024-03-11,2024-04-10
1446,2025-03-01,2025-03-30
1447,2026-02-18,2026-03-20
1448,2027-02-08,2027-03-09
1449,2028-01-28,2028-02-26
1450,2029-01-16,2029-02-14
1451,2030-01-05,2030-02-04
1452,2030-12-26,2031-01-24
"""


class Branch(NamedTuple):
    """What sets a branch apart: `pilgrims` is a factor on its visitors in Ramadan."""

    name: str
    visitors_a_day: int
    sar_a_visitor: float
    pilgrims: float
    opened: str


BRANCHES = [
    Branch("Riyadh", 2600, 41, 1.00, "2022-01-01"),
    Branch("Jeddah", 2100, 38, 1.05, "2022-01-01"),
    Branch("Dammam", 1300, 36, 0.95, "2022-01-01"),
    Branch("Madinah", 1100, 33, 1.35, "2022-01-01"),
    Branch("Tabuk", 700, 30, 1.00, "2025-03-09"),
]
# Monday to Sunday, as pandas counts. The weekend is Friday and Saturday, and begins on Thursday evening.
PLAIN_WEEK = np.array([0.82, 0.84, 0.90, 1.24, 1.14, 1.22, 0.84])
RAMADAN_WEEK = np.array([0.98, 0.99, 1.00, 1.05, 0.97, 1.02, 0.99])
EID_DAYS = np.array([1.35, 1.80, 1.55])


def main() -> None:
    """Write the three files."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    (DATA / "ramadan.csv").write_text(RAMADAN, encoding="utf-8", newline="\n")
    write_csv(make_sales(rng), "sales.csv")
    write_csv(make_launches(rng), "launches.csv")


def write_csv(frame: pd.DataFrame, name: str) -> None:
    """Write a table with unix line ends, whatever the machine."""
    frame.to_csv(DATA / name, index=False, lineterminator="\n")


def make_sales(rng: np.random.Generator) -> pd.DataFrame:
    """Visitors (count) and sales (thousand SAR) of each branch and day, 2022 to 2025, with gaps."""
    parts = [make_branch(rng, branch) for branch in BRANCHES]
    return pd.concat(parts).sort_values(["date", "branch"], kind="stable")


def make_branch(rng: np.random.Generator, branch: Branch) -> pd.DataFrame:
    """One branch: its week, its season, payday, slow growth, weather and chance, then the failures."""
    dates = pd.Series(pd.date_range(branch.opened, "2025-12-31"))
    season, fasting = make_season(dates, branch.pilgrims)
    weekday = dates.dt.dayofweek.to_numpy()
    week = np.where(fasting, RAMADAN_WEEK[weekday], PLAIN_WEEK[weekday])
    payday = np.where(dates.dt.day >= 27, 1.12, 1.0)
    growth = 1.04 ** ((dates - pd.Timestamp("2022-01-01")).dt.days.to_numpy() / 365)
    visitors = branch.visitors_a_day * week * season * payday * growth * rng.lognormal(0, 0.07, len(dates))
    spend = branch.sar_a_visitor * np.where(fasting, 1.08, 1.0) * rng.lognormal(0, 0.05, len(dates))
    sales = visitors * spend / 1000
    counted = np.where(make_outages(rng, len(dates), every=90, longest=9), np.nan, np.round(visitors))
    booked = np.where(rng.random(len(dates)) < 0.006, np.nan, np.round(sales, 1))
    return pd.DataFrame(
        {"date": dates, "branch": branch.name, "visitors": pd.array(counted).astype("Int64"), "sales": booked}
    )


def make_season(dates: pd.Series, pilgrims: float) -> tuple[np.ndarray, np.ndarray]:
    """The factor on visitors that Ramadan and Eid make, and which days are days of fasting.

    A quiet first week, then a climb to the last evenings before Eid; three feast days; ten days of calm.
    """
    factor, fasting = np.ones(len(dates)), np.zeros(len(dates), dtype=bool)
    calendar = [line.split(",")[1:] for line in RAMADAN.splitlines()[1:]]
    for start, eid in calendar:
        day = (dates - pd.Timestamp(start)).dt.days.to_numpy()
        after = (dates - pd.Timestamp(eid)).dt.days.to_numpy()
        inside, feast, calm = (day >= 0) & (after < 0), (after >= 0) & (after < 3), (after >= 3) & (after < 13)
        factor[inside] = pilgrims * (0.88 + 0.85 * np.clip((day[inside] - 7) / 22, 0, 1) ** 1.5)
        factor[feast] = EID_DAYS[after[feast]]
        factor[calm] = 0.84
        fasting |= inside
    return factor, fasting


def make_outages(rng: np.random.Generator, days: int, *, every: int, longest: int) -> np.ndarray:
    """Days on which the door counter was dead: runs of days, one run in about `every` days."""
    dead = np.zeros(days, dtype=bool)
    for start in np.flatnonzero(rng.random(days) < 1 / every):
        dead[start : start + rng.integers(1, longest + 1)] = True
    return dead


def make_launches(rng: np.random.Generator, rows: int = 600, suppliers: int = 260) -> pd.DataFrame:
    """New products: who supplies them, their price (SAR), and whether the first delivery sold out in a week.

    A few suppliers send much and most send little. Price matters; the supplier matters a little.
    """
    week = pd.Timestamp("2024-01-07") + pd.to_timedelta(7 * np.sort(rng.integers(0, 100, rows)), unit="D")
    share = 1 / (np.arange(suppliers) + 12)
    supplier = rng.permutation(suppliers)[rng.choice(suppliers, rows, p=share / share.sum())]
    price = np.round(rng.lognormal(4.3, 0.6, rows)).astype(int)
    push = rng.normal(0, 0.35, suppliers)[supplier] - 0.8 * (np.log(price) - 4.3) - 0.4
    sold_out = (rng.random(rows) < 1 / (1 + np.exp(-push))).astype(int)
    codes = [f"S{number:03d}" for number in supplier]
    return pd.DataFrame({"week": week, "supplier": codes, "price_sar": price, "sold_out": sold_out})


if __name__ == "__main__":
    main()
