"""Exercise `plot`: the data that the chart holds, and what it says to its reader."""

import numpy as np
import pandas as pd
import pytest

WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

# Reads a chart as a reader would: which text stands under which point.
LOOK = """
import matplotlib.axes
import matplotlib.pyplot as plt

def _look(ax):
    if not isinstance(ax, matplotlib.axes.Axes):
        return type(ax).__name__
    ax.figure.canvas.draw()
    legend = ax.get_legend()
    return {
        "figure": id(ax.figure),
        "lines": [
            (str(line.get_label()), list(map(float, line.get_xdata(orig=False))), list(map(float, line.get_ydata())))
            for line in ax.get_lines()
        ],
        "ticks": [(float(place), text.get_text()) for place, text in zip(ax.get_xticks(), ax.get_xticklabels())],
        "title": ax.get_title(loc="center") + ax.get_title(loc="left") + ax.get_title(loc="right"),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "legend": [] if legend is None else [text.get_text() for text in legend.get_texts()],
    }

"""
ONE = """
plt.close("all")
_seen = _look(plot_seasonality(df))
plt.close("all")
_seen
"""
TWICE = """
plt.close("all")
_first = plot_seasonality(df)
_second = plot_seasonality(df)
_seen = [_look(_first), _look(_second), df]
plt.close("all")
_seen
"""


def make(seed: int) -> pd.DataFrame:
    """Two branches and another share of Ramadan on each weekday, with gaps and rows in no order."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2016-01-03", periods=200)
    frame = pd.DataFrame({"date": dates.repeat(2), "branch": ["Irbid", "Aqaba"] * 200})
    frame["is_ramadan"] = np.repeat(rng.random(200) < 0.35, 2)
    frame["sales"] = rng.gamma(4, 10, 400) * (1 + frame["date"].dt.dayofweek) + 60 * frame["is_ramadan"]
    frame.loc[rng.random(400) < 0.15, "sales"] = np.nan
    return frame.iloc[rng.permutation(400)].reset_index(drop=True)


def lines_of(seen: object) -> dict[str, tuple[list, list]]:
    """The two lines by their label."""
    assert isinstance(seen, dict), f"not Axes but a {seen}"
    lines = {str(label).strip().lower(): (xs, ys) for label, xs, ys in seen["lines"]}
    assert set(lines) == {"ramadan", "other days"}, f"lines are labelled {sorted(lines)}"
    assert len(seen["lines"]) == 2
    return lines


def names_under(seen: dict, xs: list) -> list[str]:
    """For each point the day that stands under it, in three letters."""
    ticks = {round(place, 3): str(text).strip().lower()[:3] for place, text in seen["ticks"]}
    return [ticks.get(round(x, 3), "") for x in xs]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """What the learner's chart shows."""
    return make(71)


@pytest.fixture(scope="module")
def seen(notebook, frame):
    """The chart as three of the tests see it: drawing it takes longer than anything else here."""
    return notebook.run(LOOK + ONE, df=frame)


def test_points_are_means(seen, frame):
    lines = lines_of(seen)
    day = frame["date"].dt.strftime("%a").str.lower()
    for label, in_ramadan in (("ramadan", True), ("other days", False)):
        xs, ys = lines[label]
        assert len(xs) == len(ys) == 7, f"{len(ys)} points"
        shown = dict(zip(names_under(seen, xs), ys, strict=True))
        assert set(shown) == set(WEEK), f"days under the points: {sorted(shown)}"
        for name in WEEK:
            rows = frame[(day == name) & (frame["is_ramadan"] == in_ramadan)]["sales"]
            known = [value for value in rows if not np.isnan(value)]
            assert abs(shown[name] - sum(known) / len(known)) < 1e-6, f"{label}, {name}"


def test_week_runs_from_sunday_to_saturday(seen):
    for xs, _ in lines_of(seen).values():
        assert len(xs) == 7, f"{len(xs)} points"
        assert names_under(seen, sorted(xs)) == WEEK


def test_each_call_draws_a_chart_of_its_own(notebook):
    frame = make(73)
    told = notebook.run(LOOK + TWICE, df=frame)
    assert isinstance(told, list)
    first, second, after = told
    assert lines_of(first) == lines_of(second)
    assert first["figure"] != second["figure"]
    assert isinstance(after, pd.DataFrame)
    assert after.equals(frame), "the input was changed"


def test_chart_says_what_it_shows(seen):
    assert isinstance(seen, dict), f"not Axes but a {seen}"
    assert seen["title"].strip()
    assert seen["xlabel"].strip()
    assert "sar" in seen["ylabel"].lower()
    assert sorted(text.strip().lower() for text in seen["legend"]) == ["other days", "ramadan"]
