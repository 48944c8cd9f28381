"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The demand is generated, by the process that is written down here.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

SEED = 2025
DATA = Path(__file__).parent / "data"
DATES = pd.Series(pd.date_range("2023-01-01", "2025-12-31"))


class Area(NamedTuple):
    """What sets an area apart: `base_mwh` is a mild day's demand, `cooling` its rise with each degree above 22."""

    name: str
    base_mwh: int
    cooling: float
    warmer_by_c: float
    weekend: float
    growth: float


AREAS = [
    Area("Ahmadi", 11_800, 0.052, 0.6, 0.97, 1.045),
    Area("Hawalli", 9_400, 0.061, -0.8, 0.94, 1.015),
    Area("Jahra", 7_600, 0.058, 1.1, 0.98, 1.060),
]


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(SEED)
    weather = make_weather(rng, len(DATES))
    demand = pd.concat([make_area(rng, area, weather) for area in AREAS])
    demand = demand.sort_values(["date", "area"], kind="stable")
    DATA.mkdir(exist_ok=True)
    demand.to_csv(DATA / "demand.csv", index=False, lineterminator="\n")


def make_weather(rng: np.random.Generator, days: int) -> np.ndarray:
    """The highest temperature of each day (degrees Celsius): a year's wave, and spells of some days."""
    wave = 32.5 - 14.0 * np.cos(2 * np.pi * (np.arange(days) - 20) / 365.25)
    return wave + make_spells(rng, days, days_long=5, spread=2.6)


def make_spells(rng: np.random.Generator, days: int, *, days_long: float, spread: float) -> np.ndarray:
    """Chance with a memory: each day keeps a part of the day before."""
    keep = np.exp(-1 / days_long)
    spells = np.zeros(days)
    for day, push in enumerate(rng.normal(0, spread * np.sqrt(1 - keep**2), days)):
        spells[day] = push + (keep * spells[day - 1] if day else 0)
    return spells


def make_area(rng: np.random.Generator, area: Area, weather: np.ndarray) -> pd.DataFrame:
    """One area: cooling, the weekend of Friday and Saturday, growth, slow swings, chance, then the failures."""
    days = len(DATES)
    temperature = weather + area.warmer_by_c + rng.normal(0, 0.5, days)
    cooling = 1 + area.cooling * np.clip(temperature - 22, 0, None)
    weekend = np.where(DATES.dt.dayofweek.isin([4, 5]), area.weekend, 1.0)
    growth = area.growth ** (np.arange(days) / 365.25)
    swings = np.exp(make_spells(rng, days, days_long=40, spread=0.035))
    demand = area.base_mwh * cooling * weekend * growth * swings * rng.lognormal(0, 0.012, days)
    forecast = np.round(temperature + rng.normal(0, 0.7, days), 1)
    frame = pd.DataFrame({"date": DATES, "area": area.name, "temperature_c": forecast, "demand_mwh": np.round(demand)})
    frame["demand_mwh"] = frame["demand_mwh"].mask(make_failures(rng, days)).astype("Int64")
    return frame[rng.random(days) > 0.01]


def make_failures(rng: np.random.Generator, days: int) -> np.ndarray:
    """Days on which the meters did not report: runs of one to four days, one run in about 60 days."""
    dead = np.zeros(days, dtype=bool)
    for start in np.flatnonzero(rng.random(days) < 1 / 60):
        dead[start : start + rng.integers(1, 5)] = True
    return dead


if __name__ == "__main__":
    main()
