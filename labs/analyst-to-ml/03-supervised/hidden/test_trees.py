"""Exercise `trees`: what the model may have learned from, and whether its report can be believed."""

import numpy as np
import pandas as pd

from grader.inside.probes import check_same, numbers

CUT = pd.Timestamp("2019-01-01")
FEATURES = ["wind_knots", "heat_c", "naive_mwh"]

# The model stays where it is; its forecasts and its report come back.
ASK = """
_model, _report = fit_trees(df, features, rising, cut)
[_model.predict(probe), _report]
"""


def make(seed: int) -> pd.DataFrame:
    """550 days up to April 2019, in no order: heat drives the demand, chance is large, and there are gaps."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range(end="2019-04-30", periods=550)
    heat = 31 + 6 * np.sin(np.arange(550) / 58) + rng.normal(0, 4, 550)
    demand = 900 * (1 + 0.05 * np.clip(heat - 24, 0, None)) * rng.lognormal(0, 0.07, 550)
    frame = pd.DataFrame({"date": dates, "heat_c": heat, "wind_knots": rng.gamma(4, 3, 550), "demand_mwh": demand})
    frame["naive_mwh"] = frame["demand_mwh"].shift(7)
    # The day of the cut is known, so that it tells on which side it was put.
    gaps = (rng.random((2, 550)) < [[0.1], [0.25]]) & (dates != CUT)
    frame["demand_mwh"] = frame["demand_mwh"].mask(gaps[0])
    frame["naive_mwh"] = frame["naive_mwh"].mask(gaps[1])
    frame.loc[rng.random(550) < 0.05, "wind_knots"] = np.nan
    frame = frame.iloc[rng.permutation(550)]
    return frame.set_axis(rng.integers(0, 90, 550), axis=0)


def ask(notebook, frame: pd.DataFrame, probe: pd.DataFrame) -> tuple[np.ndarray, dict]:
    """The model's forecasts for other rows, and its report."""
    told = notebook.run(ASK, df=frame, features=FEATURES, rising=["heat_c"], cut=CUT, probe=probe[FEATURES])
    assert isinstance(told, list)
    forecasts, report = told
    assert isinstance(report, dict), f"not a dict but a {type(report).__name__}"
    return numbers(forecasts, len(probe)), {name: float(numbers(value, ())) for name, value in report.items()}


def judged_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that a report is about."""
    return frame[(frame["date"] >= CUT) & frame["demand_mwh"].notna() & frame["naive_mwh"].notna()]


def test_judged_rows_teach_nothing(notebook):
    frame = make(41)
    probe = make(42).iloc[:200]
    idle = (frame["date"] >= CUT) | frame["demand_mwh"].isna()
    changed = frame.assign(
        demand_mwh=frame["demand_mwh"].where(~idle, 6_000 - 3 * frame["demand_mwh"]),
        heat_c=frame["heat_c"].where(~idle, 70 - frame["heat_c"]),
        wind_knots=frame["wind_knots"].where(~idle, 90 + frame["wind_knots"]),
    )
    past = frame.assign(demand_mwh=frame["demand_mwh"].where(idle, 2 * frame["demand_mwh"]))
    before, _ = ask(notebook, frame, probe)
    after, _ = ask(notebook, changed, probe)
    check_same(after, before)
    moved, _ = ask(notebook, past, probe)
    assert (np.abs(moved - before) > 100).all(), "the past does not show in the model"


def test_reported_error_is_the_models_own(notebook):
    frame = make(43)
    judged = judged_of(frame)
    forecasts, report = ask(notebook, frame, judged)
    misses = [abs(forecast - demand) for forecast, demand in zip(forecasts, judged["demand_mwh"], strict=True)]
    assert abs(report["mae"] - sum(misses) / len(misses)) < 1e-6


def test_baseline_is_judged_on_the_same_rows(notebook):
    frame = make(44)
    judged = judged_of(frame)
    misses = [abs(copy - demand) for copy, demand in zip(judged["naive_mwh"], judged["demand_mwh"], strict=True)]
    _, report = ask(notebook, frame, judged)
    assert report["rows"] == len(judged)
    assert abs(report["naive_mae"] - sum(misses) / len(misses)) < 1e-6
    assert abs(report["skill"] - (1 - report["mae"] / report["naive_mae"])) < 1e-9


def test_hotter_is_never_less(notebook):
    frame = make(45)
    days = make(46).iloc[:12]
    degrees = np.arange(20, 47.1, 0.5)
    probe = pd.concat([days.assign(heat_c=degree) for degree in degrees])
    forecasts, _ = ask(notebook, frame, probe)
    by_degree = forecasts.reshape(len(degrees), len(days))
    assert (np.diff(by_degree, axis=0) >= -1e-9).all(), "a hotter day has a lower forecast"
    assert (by_degree[-1] > by_degree[0] + 100).all(), "heat does not show in the forecast"


def test_beats_the_copy_of_last_week(notebook, seed, floor):
    frame = make(470 + seed)
    judged = judged_of(frame)
    forecasts, _ = ask(notebook, frame, judged)
    mae = np.abs(forecasts - judged["demand_mwh"].to_numpy()).mean()
    naive_mae = np.abs(judged["naive_mwh"] - judged["demand_mwh"]).mean()
    floor("skill", 1 - mae / naive_mae)
