"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The readings are generated, by the process that is written down here.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 968
DATA = Path(__file__).parent / "data"
DATES = pd.Series(pd.date_range("2025-01-06", "2025-09-28"))
# What a customer uses on a mild working day (m3), how much of it more on a weekend, and with each degree above 24.
TRADES = {
    "hotel": (95.0, 0.22, 0.018),
    "hospital": (140.0, -0.10, 0.012),
    "mall": (60.0, 0.30, 0.026),
    "factory": (75.0, -0.45, 0.007),
}


def main() -> None:
    """Write the three files."""
    rng = np.random.default_rng(SEED)
    weather = make_weather(rng, len(DATES))
    meters = make_meters(rng, each=4)
    readings = pd.concat([make_meter(rng, meter, weather) for meter in meters.itertuples()])
    readings = readings.sort_values(["date", "meter"], kind="stable")
    DATA.mkdir(exist_ok=True)
    last = readings["date"] == readings["date"].max()
    write_csv(meters[["meter", "trade"]], "meters.csv")
    write_csv(readings[~last], "readings.csv")
    write_csv(make_request(readings[last].drop(columns="used_m3")), "tonight.csv")


def write_csv(frame: pd.DataFrame, name: str) -> None:
    """Write a table with unix line ends, whatever the machine."""
    frame.to_csv(DATA / name, index=False, lineterminator="\n")


def make_weather(rng: np.random.Generator, days: int) -> np.ndarray:
    """The highest temperature that was forecast for each day (degrees Celsius): a year's wave and chance."""
    wave = 32 - 8 * np.cos(2 * np.pi * (np.arange(days) - 10) / 365.25)
    return np.round(wave + rng.normal(0, 1.8, days), 1)


def make_meters(rng: np.random.Generator, *, each: int) -> pd.DataFrame:
    """Some customers of each trade, small ones and large ones."""
    trades = np.repeat(list(TRADES), each)
    codes = [f"MCT-{number:04d}" for number in np.sort(rng.choice(np.arange(1000, 9999), len(trades), replace=False))]
    return pd.DataFrame({"meter": codes, "trade": trades, "size": np.round(rng.lognormal(0, 0.35, len(trades)), 3)})


def make_meter(rng: np.random.Generator, meter: tuple, weather: np.ndarray) -> pd.DataFrame:
    """One meter's days: its trade's week and thirst, a slow growth, and chance. The weekend is Friday and Saturday."""
    mild, on_weekend, thirst = TRADES[meter.trade]
    weekend = DATES.dt.dayofweek.isin([4, 5]).to_numpy()
    heat = 1 + thirst * np.clip(weather - 24, 0, None)
    growth = 1.05 ** (np.arange(len(DATES)) / 365.25)
    used = meter.size * mild * (1 + on_weekend * weekend) * heat * growth * rng.lognormal(0, 0.06, len(DATES))
    frame = pd.DataFrame({
        "meter": meter.meter, "date": DATES, "temperature_c": weather, "weekend": weekend.astype(int),
        "used_m3": np.round(used, 1),
    })  # fmt: skip
    frame.insert(4, "last_week_m3", frame["used_m3"].shift(7))
    return frame.dropna()


def make_request(tonight: pd.DataFrame) -> pd.DataFrame:
    """The night's file as it comes: a meter that nobody knows, an empty field, and a word where a number should be."""
    rows = tonight.astype(str).reset_index(drop=True)
    rows.loc[2, "last_week_m3"] = ""
    rows.loc[9, "last_week_m3"] = "no signal"
    stranger = rows.iloc[[5]].assign(meter="MCT-0000")
    return pd.concat([rows.iloc[:7], stranger, rows.iloc[7:]])


if __name__ == "__main__":
    main()
