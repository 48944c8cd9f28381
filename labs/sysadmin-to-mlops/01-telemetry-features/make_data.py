"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

Both tables are generated, by the process that is written down here; the places are real, the towers are not.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

SEED = 968
DATA = Path(__file__).parent / "data"
FIRST = pd.Timestamp("2025-06-01", tz="UTC")
HOURS = 45 * 24
POLLS_AN_HOUR = 2


class Tower(NamedTuple):
    """What sets a tower apart: its mean outside temperature, its daily swing (degrees Celsius) and its traffic."""

    name: str
    outside: float
    swing: float
    gigabytes_an_hour: float


TOWERS = [
    Tower("Duqm", 32, 5, 9),
    Tower("Ibri", 38, 8, 12),
    Tower("Muscat", 36, 5, 40),
    Tower("Nizwa", 37, 8, 18),
    Tower("Salalah", 29, 3, 22),
    Tower("Sohar", 36, 5, 25),
]
# Share of the day's peak that is carried in each hour of Oman's clock, four hours ahead of UTC.
DAY = np.array([5, 4, 3, 2, 2, 2, 3, 4, 5, 5, 6, 6, 7, 7, 6, 6, 7, 8, 9, 10, 10, 10, 9, 7]) / 10


def main() -> None:
    """Write the two files."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    collector_down = make_collector_outages(rng)
    polls, failures = zip(*(make_tower(rng, tower, collector_down) for tower in TOWERS), strict=True)
    write_csv(pd.concat(polls).sort_values(["time", "tower"]), "polls.csv")
    write_csv(pd.concat(failures).sort_values(["start", "tower"]), "failures.csv")


def write_csv(frame: pd.DataFrame, name: str) -> None:
    """Write a table with unix line ends, whatever the machine."""
    frame.to_csv(DATA / name, index=False, lineterminator="\n", date_format="%Y-%m-%dT%H:%M:%SZ")


def make_collector_outages(rng: np.random.Generator) -> np.ndarray:
    """Hours in which the collector itself was down and no tower was polled; the towers ran on."""
    down = np.zeros(HOURS, dtype=bool)
    for start in (200, 517, 861):
        down[start : start + rng.integers(2, 6)] = True
    return down


def make_tower(rng: np.random.Generator, tower: Tower, collector_down: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The polls and the failures of one tower.

    Now and then a cooling unit weakens: the cabinet heats up, calls drop, and after some hours the tower switches
    itself off, or the unit recovers. A tower that is off is silent until somebody has been there, and its counters
    then begin from zero. Power cuts come without a warning. Planned reboots reset the counters and are no failures.
    """
    heating, off, starts = make_failures(rng)
    local_hour = (np.arange(HOURS) + 4) % 24
    outside = tower.outside + tower.swing * np.sin((local_hour - 9) / 24 * 2 * np.pi) + make_weather(rng)
    load = DAY[local_hour] * rng.lognormal(0, 0.12, HOURS)
    carried = np.where(off, 0, tower.gigabytes_an_hour * load * 1e9)
    temp = outside + 5 * load + heating + rng.normal(0, 0.5, HOURS)
    dropped = rng.poisson(carried / 1e9 * 0.4 * np.exp(0.09 * np.clip(temp - 40, 0, None)))

    slots = np.arange(HOURS * POLLS_AN_HOUR)
    hour = slots // POLLS_AN_HOUR
    seconds = slots * 3600 // POLLS_AN_HOUR + rng.integers(1, 40, len(slots))
    booted = np.diff(off.astype(int), prepend=0) == -1
    booted |= rng.random(HOURS) < 1 / 400
    began = np.maximum.accumulate(np.where(booted, np.arange(HOURS), 0))
    polls = pd.DataFrame({"tower": tower.name, "time": FIRST + pd.to_timedelta(seconds, unit="s")})
    for name, amount, before in (
        ("bytes_total", carried, rng.integers(10**11, 10**13)),
        ("drops_total", dropped, rng.integers(10**4, 10**6)),
    ):
        # The hour's amount comes in evenly; what stood on the counter before the last start is taken off.
        total = before + np.concatenate([[0], np.cumsum(amount)])
        reading = total[hour] + amount[hour] * (seconds % 3600) / 3600 - np.where(began > 0, total[began], 0)[hour]
        polls[name] = np.floor(np.clip(reading, 0, None)).astype(np.int64)
    polls["temp_c"] = np.round(temp[hour] + rng.normal(0, 0.2, len(slots)), 1)
    polls.loc[rng.random(len(slots)) < 0.004, "temp_c"] = np.nan
    seen = ~off[hour] & ~collector_down[hour] & (rng.random(len(slots)) > 0.004)
    return polls[seen], make_tickets(rng, tower.name, off, starts)


def make_weather(rng: np.random.Generator) -> np.ndarray:
    """Warmer and cooler days: degrees Celsius that change slowly."""
    days = np.cumsum(rng.normal(0, 0.7, HOURS // 24 + 2))
    return np.interp(np.arange(HOURS) / 24, np.arange(len(days)), days - days.mean())


def make_failures(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """The heat of failing cooling (degrees), the hours in which the tower is off, and the cause of each failure."""
    heating, off, starts = np.zeros(HOURS), np.zeros(HOURS, dtype=bool), {}
    hour = 60
    while (hour := hour + int(rng.integers(90, 260))) < HOURS - 30:
        cooling = rng.random() < 0.75
        ramp = int(rng.integers(8, 30))
        if cooling:
            heating[hour - ramp : hour] = np.linspace(0, rng.uniform(8, 16), ramp) ** 1.1
        if rng.random() < 0.7:
            heating[hour - 80 : hour - 80 + ramp] += np.linspace(0, rng.uniform(5, 14), ramp) ** 1.1
        off[hour : hour + int(rng.integers(2, 10))] = True
        starts[hour] = "cooling" if cooling else "power"
    return heating, off, starts


def make_tickets(rng: np.random.Generator, name: str, off: np.ndarray, starts: dict[int, str]) -> pd.DataFrame:
    """One ticket for each failure: the minute in which the tower went silent, and when it was back."""
    rows = []
    for hour, cause in starts.items():
        back = hour + int(np.argmin(off[hour:]))
        rows.append(
            {
                "tower": name,
                "start": FIRST + pd.Timedelta(hours=hour) - pd.Timedelta(minutes=int(rng.integers(0, 20))),
                "end": FIRST + pd.Timedelta(hours=back),
                "cause": cause,
            }
        )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    main()
