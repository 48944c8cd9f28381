# %% [markdown] id="objective"
# # Features for a season that moves
#
# *Data analyst to ML engineer, lab 2. About 45 minutes. You need pandas: `groupby`, `map`, dates.*
#
# After this lab you can
#
# - turn a moving season into features that still hold in a year that the model has never seen;
# - turn a column of codes into numbers, and fill gaps, **without leakage**: no row is given a hint of its own answer,
#   and nothing is learned from rows that the model will be judged on;
# - draw a season so that a colleague reads it right at first sight.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You work for a chain of department stores in Saudi Arabia. Head office wants a daily sales forecast for each branch,
# and a list of new products that will sell out in their first week. The weekend is Friday and Saturday. In Ramadan
# people shop late in the evening, and the last ten days before Eid al-Fitr are the best of the year.
#
# The trouble: the Hijri year is about 11 days shorter than the Gregorian. Ramadan began on 2 April in 2022 and on 1
# March in 2025. A model that learns "April is good" is wrong within two years.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/ramadan.csv` | one Hijri year: first days of Ramadan and Eid al-Fitr | real: the Umm al-Qura calendar |
# | `data/sales.csv` | one branch on one day: visitors (count), sales (thousand SAR) | generated |
# | `data/launches.csv` | one new product: supplier, price (SAR), sold out in a week (1) or not (0) | generated |
#
# Umm al-Qura is the civil calendar of Saudi Arabia, computed years ahead. Where the crescent is sighted by eye, the
# month can begin a day earlier or later. The generated sales have a weekly rhythm, Ramadan, Eid, payday, slow growth
# and chance. Door counters fail for days at a time, and now and then a branch's takings do not arrive. To keep the
# lab short, Eid al-Adha and the public holidays are left out. Real data would have them.

# %% id="setup"
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

DATA = Path("data")
hijri = pd.read_csv(DATA / "ramadan.csv", parse_dates=["ramadan_start", "eid_al_fitr"])
sales = pd.read_csv(DATA / "sales.csv", parse_dates=["date"])
launches = pd.read_csv(DATA / "launches.csv", parse_dates=["week"])

# What the model learns from, and what it will be judged on: the past and the future.
train = sales[sales["date"] < "2025-01-01"]
new = sales[sales["date"] >= "2025-01-01"]

new.tail(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run these three cells and read what they show. They are about a mobile operator in
# Jordan.
#
# **One: a calendar is a table.** "How many days until the next payday?" is a lookup. `np.searchsorted` finds, for
# each day, the place of the first payday on or after it. Nothing here knows what month it is.

# %% id="example-calendar"
paydays = pd.to_datetime(pd.Series(["2024-01-25", "2024-02-25", "2024-03-25"])).to_numpy()
days = pd.Series(pd.date_range("2024-02-23", periods=4), index=["fri", "sat", "sun", "mon"])

place = np.searchsorted(paydays, days.to_numpy())
wait = (paydays[place] - days.to_numpy()) // np.timedelta64(1, "D")
pd.DataFrame({"day": days, "days_to_payday": wait}, index=days.index)

# %% [markdown] id="example-leak"
# **Two: leakage, made on purpose.** Here 600 customers were called by 200 agents, three calls each or so. Whether a
# customer left is the toss of a coin: the agent has *nothing* to do with it. Watch what happens when we replace each
# agent with the share of their customers who left.

# %% id="example-noise"
rng = np.random.default_rng(7)
calls = pd.DataFrame({"agent": rng.integers(0, 200, 600), "left": rng.integers(0, 2, 600)})
calls["agent_rate"] = calls.groupby("agent")["left"].transform("mean")
print(f"correlation of agent_rate and left: {calls['agent_rate'].corr(calls['left']):.2f}")

# %% [markdown] id="example-lesson"
# A strong correlation, out of pure noise. With three calls for an agent, a third of `agent_rate` *is* the answer of
# the row that it stands in. A model would trust it, its score would shine, and tomorrow's customers, who have no
# answer yet, would get nothing from it. That is **leakage**: information that is there when you train and gone when
# you predict.
#
# Two rules keep it out, and this lab is about them:
#
# 1. A row's feature never uses the row's own answer.
# 2. Whatever is learned (a mean, a median, a list of codes) is learned from training rows only, and then *applied* to
#    others.
#
# **Three: a chart is data too.** Functions that draw should make their own Axes and return them. Then they can be
# called twice, put side by side, and tested.

# %% id="example-chart"


def plot_waits(waits: pd.Series) -> plt.Axes:
    _, ax = plt.subplots(figsize=(5, 2.5))
    ax.plot(waits.index, waits, marker="o", label="February 2024")
    ax.set(title="Payday is on the 25th", xlabel="Day", ylabel="Days to payday")
    ax.legend()
    return ax


plot_waits(pd.Series(wait, index=days.index))

# %% [markdown] id="ramadan-task"
# ## 1. A season that moves (5 points)
#
# Write `ramadan_features`. It looks dates up in a calendar, any calendar that it is given, and says three things
# about each.
#
# Forecasts run far ahead, so think of the day on which the calendar ends. A quiet `False` there would tell the model
# "no Ramadan this year", and nobody would notice before the shelves are empty. Raise `ValueError` instead.
#
# <details><summary>Hint 1: the idea</summary>
#
# Do not ask which month a date is in. Ask whether it lies between two dates of the table. Go by the table's rows, one
# for each Hijri year: 2030 will see two Ramadans, so a join on the Gregorian year loses one.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# The table is short, so a loop over its rows is fine: `dates.between(start, end, inclusive="left")` answers for all
# dates at once; join the answers with `|`. For the countdown, `np.searchsorted(eids, dates)` as in the payday
# example, or `pd.merge_asof(..., direction="forward")`, which needs sorted rows: put them back in order afterwards.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# if (dates < table["ramadan_start"].min()).any() or (dates > ...).any():
#     raise ValueError("...")
# for row in table.itertuples():
#     is_ramadan |= dates.between(row.ramadan_start, row.eid_al_fitr, inclusive="left")
#     is_eid |= dates.between(row.eid_al_fitr, row.eid_al_fitr + pd.Timedelta(days=2))
# next_eid = eids[np.searchsorted(eids, dates.to_numpy())]
# ```
#
# </details>

# %% exercise="ramadan"


def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    """Ramadan and Eid al-Fitr as features of each date.

    Args:
        dates: n days (datetime64, midnight), in any order, with any index; a day may come more than once.
        table: one row for each Hijri year, sorted, with the columns `ramadan_start` and `eid_al_fitr` (datetime64),
            the first day of Ramadan and the first day after it.

    Returns:
        n rows in the order of `dates` and with its index, and three columns:
        is_ramadan: bool, from the first day of Ramadan to the last, which is the day before Eid;
        is_eid: bool, the three days that begin with Eid al-Fitr;
        days_to_eid: int, days from this date to the next Eid al-Fitr, 0 on its first day.

    Raises:
        ValueError: when a date lies before the table's first `ramadan_start` or after its last `eid_al_fitr`.
    """
    ### BEGIN SOLUTION
    eids = table["eid_al_fitr"].to_numpy()
    first, last = table["ramadan_start"].min(), table["eid_al_fitr"].max()
    if (dates < first).any() or (dates > last).any():
        raise ValueError(f"the calendar covers {first:%Y-%m-%d} to {last:%Y-%m-%d}; extend it, then try again")
    is_ramadan = np.zeros(len(dates), dtype=bool)
    is_eid = np.zeros(len(dates), dtype=bool)
    for row in table.itertuples():
        is_ramadan |= dates.between(row.ramadan_start, row.eid_al_fitr, inclusive="left").to_numpy()
        is_eid |= dates.between(row.eid_al_fitr, row.eid_al_fitr + pd.Timedelta(days=2)).to_numpy()
    next_eid = eids[np.searchsorted(eids, dates.to_numpy())]
    days_to_eid = (next_eid - dates.to_numpy()) // np.timedelta64(1, "D")
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
    ### END SOLUTION


# %% check="ramadan"
some_days = pd.to_datetime(
    pd.Series(["2025-03-29", "2025-03-30", "2025-04-01", "2025-04-02", "2024-03-11"], index=list("edcba"))
)
answer = ramadan_features(some_days, hijri)
assert list(answer.columns) == ["is_ramadan", "is_eid", "days_to_eid"], (
    "Return the three columns that the docstring names."
)
assert list(answer.index) == list("edcba"), "Keep the index and the order of `dates`: the features are joined on them."
assert list(answer["is_ramadan"]) == [True, False, False, False, True], (
    "29 March 2025 was the last day of Ramadan and 30 March was Eid: the interval ends the day before Eid."
)
assert list(answer["is_eid"]) == [False, True, True, False, False], (
    "Eid lasts three days here: 30 March to 1 April 2025."
)
assert list(answer["days_to_eid"])[:2] == [1, 0], "The day before Eid has 1 day to go, Eid itself has 0."
assert answer["days_to_eid"].iloc[2] > 300, "On the third day of Eid the *next* Eid is the one of next year."
ramadan_2030 = ramadan_features(pd.Series(pd.date_range("2030-01-01", "2030-12-31")), hijri)["is_ramadan"].sum()
assert ramadan_2030 == 36, f"2030 sees two Ramadans: 30 days in January and 6 in December, not {ramadan_2030}."
try:
    ramadan_features(pd.to_datetime(pd.Series(["2042-01-01"])), hijri)
except ValueError as error:
    print("Good. It refuses a date that the calendar does not cover:", error)
else:
    raise AssertionError("2042 is not in the table. Raise ValueError rather than guess.")

# %% [markdown] id="encode-task"
# ## 2. A code that must not know the answer (5 points)
#
# Which launches will sell out? `supplier` has 181 codes in 600 rows: too many for one column each. **Target
# encoding** replaces a code with the mean of the target over that code's rows. The worked example showed how that
# goes wrong.
#
# The cure is **out of fold**. Cut the rows into folds. For the rows of one fold, compute the means from the *other*
# folds and look them up. A row then never sees its own answer, nor that of its fold.
#
# Some suppliers appear in one fold only, so the other folds know nothing of them. They get a fallback: the mean of
# the target over all rows of the other folds. (Not over all rows! That would let the own answer back in by the side
# door.)
#
# <details><summary>Hint 1: the idea</summary>
#
# Say it as two queries for each fold: `SELECT supplier, AVG(sold_out) ... WHERE fold <> 3 GROUP BY supplier`, then a
# LEFT JOIN of the rows `WHERE fold = 3` to it. What the join does not find gets the fallback, which is an AVG over
# the same `WHERE fold <> 3`.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# Loop over `np.unique(folds)`. With `mine = folds == fold`: `df[~mine].groupby(column)[target].mean()` is the first
# query, `df.loc[mine, column].map(means)` is the join, `.fillna(...)` the fallback. Collect the values in a NumPy
# array, by position, and make the Series at the end: index labels may repeat.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# values = np.empty(len(df))
# for fold in np.unique(folds):
#     mine = folds == fold
#     others = df[~mine]
#     means = others.groupby(column)[target].mean()
#     values[mine] = df.loc[mine, column].map(...).fillna(...)
# return pd.Series(values, index=...)
# ```
#
# </details>

# %% exercise="encode"


def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    """The out-of-fold target mean of each row's category.

    Args:
        df: n rows with any index; labels may repeat.
        column: name of the column of categories; a value may be missing.
        target: name of the column of numbers to be predicted; complete.
        folds: array of n whole numbers, the fold of each row, by position; at least two different ones.

    Returns:
        n floats in the order of `df` and with its index. For a row of fold k: the mean of `target` over the rows of
        all other folds that have the row's category. Where there are none, or the category is missing: the mean of
        `target` over all rows of the other folds.
    """
    ### BEGIN SOLUTION
    values = np.empty(len(df))
    for fold in np.unique(folds):
        mine = folds == fold
        others = df[~mine]
        means = others.groupby(column)[target].mean()
        values[mine] = df.loc[mine, column].map(means).fillna(others[target].mean())
    return pd.Series(values, index=df.index, name=f"{column}_encoded")
    ### END SOLUTION


# %% check="encode"
four = pd.DataFrame({"supplier": ["A", "A", "A", "B"], "sold_out": [1, 0, 0, 1]}, index=[7, 7, 8, 9])
two_folds = np.array([0, 0, 1, 1])
answer = oof_target_encode(four, "supplier", "sold_out", two_folds)
assert isinstance(answer, pd.Series), "Return a Series."
assert list(answer.index) == [7, 7, 8, 9], "Keep the index and the order of `df`, repeated labels too."
assert list(answer.iloc[:2]) == [0.0, 0.0], (
    "Rows 0 and 1 are in fold 0. The only A of fold 1 did not sell out, so both get 0.0."
)
assert answer.iloc[2] == 0.5, "Row 2 is in fold 1. The two A of fold 0 are 1 and 0, so it gets 0.5."
assert answer.iloc[3] == 0.5, "Fold 0 has no B: the fallback is the mean of all rows of fold 0, which is 0.5."
flipped = four.assign(sold_out=[1, 0, 0, 0])
assert oof_target_encode(flipped, "supplier", "sold_out", two_folds).iloc[3] == 0.5, (
    "We changed the answer of row 3 and its own feature changed with it: the row sees its own answer."
)

five_folds = np.arange(len(launches)) % 5
leaky = launches.groupby("supplier")["sold_out"].transform("mean")
honest = oof_target_encode(launches, "supplier", "sold_out", five_folds)
for name, feature in {"all rows": leaky, "out of fold": honest}.items():
    best = launches.loc[feature.nlargest(100).index, "sold_out"]
    print(f"{name:>11}: of the 100 launches that rank highest, {best.sum()} sold out")
print(f"  any 100 launches: {100 * launches['sold_out'].mean():.0f} sold out")

# %% [markdown] id="impute-task"
# ## 3. Gaps, filled from the past (5 points)
#
# The door counters failed on some days, so `visitors` has gaps, and a model cannot eat a gap. Fill it with what is
# usual for that branch on that day of the week: a Friday in Riyadh is not a Monday in Madinah.
#
# "Usual" is learned from `train` and applied to `new`. In production `new` may be a single row, tonight's. If its
# filling depended on the other rows of `new`, you would get another number tonight than in your tests.
#
# Two habits of practice belong to it. Say *that* a value was filled, in a column of its own: that a counter was dead
# is news to a model. And leave your inputs as they were.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two steps, like fit and transform: a small table of medians made from `train`, one row for each branch and weekday;
# then a LEFT JOIN of `new` to it. What the join does not find (a new branch, a weekday never counted) gets one
# overall median, from `train` too.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()` has a MultiIndex. Look up many keys at
# once with `medians.reindex(pd.MultiIndex.from_arrays([...]))`, which gives NaN where there is no such key. Note
# which values are missing *before* you fill them. Start from `new.copy()`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# medians = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()
# keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
# usual = medians.reindex(keys).fillna(...).to_numpy()
# filled = new.copy()
# filled["visitors_was_missing"] = ...
# filled["visitors"] = np.where(..., usual, new["visitors"])
# return filled
# ```
#
# </details>

# %% exercise="impute"


def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """`new` with its missing visitors filled by what was usual in `train`.

    Args:
        train: rows to learn from, with `date` (datetime64), `branch` (text) and `visitors` (count, float, may be NaN).
        new: rows to fill, the same columns and perhaps others, any index, one row or many.

    Returns:
        A new table: the rows, columns and index of `new`, where each missing `visitors` is the median over the rows
        of `train` with the same branch and the same day of the week, or, where there is none, the median over
        all rows of `train`. One column more, `visitors_was_missing`: bool. Neither input is changed.
    """
    ### BEGIN SOLUTION
    medians = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    usual = medians.reindex(keys).fillna(train["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors_was_missing"] = missing
    filled["visitors"] = np.where(missing, usual, new["visitors"])
    return filled
    ### END SOLUTION


# %% check="impute"
before = new.copy()
answer = impute(train, new)
assert new.equals(before), "`new` itself was changed. Work on `new.copy()`."
assert isinstance(answer, pd.DataFrame), "Return a DataFrame."
assert len(answer) == len(new), "Return as many rows as `new` has."
assert answer.index.equals(new.index), "Keep the index of `new`, in its order: `merge` makes another."
assert answer["visitors"].notna().all(), (
    "Gaps are left. Tabuk opened in 2025, so `train` does not know it: use the fallback."
)
assert answer["visitors_was_missing"].sum() == new["visitors"].isna().sum(), (
    "`visitors_was_missing` must say what was missing before you filled it."
)
gap = new[new["visitors"].isna() & (new["branch"] == "Riyadh")].iloc[:1]
alone = impute(train, gap)["visitors"].iloc[0]
assert alone == answer.loc[gap.index[0], "visitors"], (
    "The same row is filled differently alone and among others: something is learned from `new`."
)
same = train[(train["branch"] == "Riyadh") & (train["date"].dt.dayofweek == gap["date"].iloc[0].dayofweek)]
assert alone == same["visitors"].median(), "Take the median of the same branch on the same day of the week."
print(f"A dead counter in Riyadh on {gap['date'].iloc[0]:%A %d %B %Y} was filled with {alone:.0f} visitors.")

# %% [markdown] id="plot-task"
# ## 4. A chart that tells the truth (5 points)
#
# Does Ramadan change only *how much* is sold, or also *on which days*? Draw it: one line for Ramadan, one for all
# other days, over the days of the week. The week of your readers begins on Sunday and ends with the weekend.
#
# Ramadan has about 120 days in four years and the rest has 1,340, so draw **means**, not sums. Where takings did not
# arrive, `sales` is missing: a missing day is not a day without sales, so it must not pull the mean down. (The check
# makes the column `is_ramadan` with your `ramadan_features`, so do exercise 1 first.)
#
# <details><summary>Hint 1: the idea</summary>
#
# First the table, then the picture. The table has seven rows, Sunday to Saturday, and two columns. `groupby` sorts
# its keys: day names come out by the alphabet, and pandas counts its weekdays from Monday. Make a key whose order is
# the order you want.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `(df["date"].dt.dayofweek + 1) % 7` is 0 on Sunday and 6 on Saturday. `mean()` passes over missing values by itself.
# `plt.subplots()` gives a fresh figure at each call; `plt.plot` would draw into whichever is open.
# `ax.set_xticks(range(7), names)` puts the names under the points.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# weekday = (df["date"].dt.dayofweek + 1) % 7
# means = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
# _, ax = plt.subplots()
# ax.plot(range(7), means[True], label="Ramadan")
# ax.plot(...)
# ax.set_xticks(range(7), ["Sun", ...])
# ax.set(xlabel=..., ylabel=..., title=...)
# ax.legend()
# return ax
# ```
#
# </details>

# %% exercise="plot"


def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    """A chart of mean sales by day of the week, in Ramadan and on other days.

    Args:
        df: one row for each branch and day, with `date` (datetime64), `sales` (thousand SAR, may be NaN) and
            `is_ramadan` (bool); both kinds of day are there, on all seven days of the week.

    Returns:
        Axes of a new figure with two lines, labelled "Ramadan" and "Other days", of seven points each: the mean of
        `sales` over the rows of that day of the week, missing sales left out. From left to right Sunday to
        Saturday, with the ticks "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat". It has a title, a label on each
        axis (that of y names the unit, "SAR") and a legend.
    """
    ### BEGIN SOLUTION
    weekday = (df["date"].dt.dayofweek + 1) % 7
    means = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    for is_ramadan, label in ((True, "Ramadan"), (False, "Other days")):
        ax.plot(range(7), means[is_ramadan], marker="o", label=label)
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ax.set(
        title="In Ramadan every day sells like a weekend",
        xlabel="Day of the week",
        ylabel="Mean sales of a branch in a day (thousand SAR)",
    )
    ax.legend()
    return ax
    ### END SOLUTION


# %% check="plot"
in_ramadan = ramadan_features(sales["date"], hijri)["is_ramadan"]
chart = plot_seasonality(sales.assign(is_ramadan=in_ramadan))
assert isinstance(chart, plt.Axes), "Return the Axes, not the figure or the lines."
lines = {line.get_label(): line for line in chart.get_lines()}
assert set(lines) == {"Ramadan", "Other days"}, "Draw two lines, labelled 'Ramadan' and 'Other days'."
assert all(len(line.get_ydata()) == 7 for line in lines.values()), "Each line has seven points, one for each weekday."
sundays = sales[~in_ramadan & (sales["date"].dt.day_name() == "Sunday")]["sales"]
assert np.isclose(lines["Other days"].get_ydata()[0], sundays.mean()), (
    "The first point of Other days should be the mean over Sundays. Is it a sum, another day, or are gaps counted as 0?"
)
chart.figure.canvas.draw()
ticks = [tick.get_text() for tick in chart.get_xticklabels()]
assert [text for text in ticks if text] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], (
    "Label the ticks Sun to Sat."
)
assert "SAR" in chart.get_ylabel(), "Say on the y axis what is measured, in which unit."
assert chart.get_title(), "Give the chart a title: the best one says what the reader should see."
assert chart.get_xlabel(), "Label the x axis too."
assert chart.get_legend() is not None, "Show a legend: two lines without names say nothing."

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# Your manager writes: *"I target-encoded the supplier on the whole table and ranked the launches. Of the top 100, 81
# sold out, where any 100 launches have 36! Can we go live on Sunday?"*
#
# Answer in five to eight sentences that a manager can follow. Say what went wrong, what will happen on Sunday if you
# go live, how you would show it to a doubter, and what to do instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Days to Eid looks into the future. Why is that no leakage?</summary>
#
# Leakage is using what you will not know when you predict. The calendar is published years ahead, so on any day you
# know it. Next week's sales you do not.
#
# </details>
# <details><summary>Why is the day of the year a bad stand-in for Ramadan, even with four years of data?</summary>
#
# In each year the season falls on other days, about 11 earlier. The model learns the average of four smeared seasons,
# and next year's lies partly outside all of them.
#
# </details>
# <details><summary>Why does the fallback of a fold leave that fold out as well?</summary>
#
# Because a mean over all rows contains the own answer. The hint is small, but a row that gets the fallback always
# gets it.
#
# </details>
# <details><summary>You fill gaps with the median of all rows, then split into train and test. What is wrong?</summary>
#
# The medians have seen the test rows. Here it moves the score very little, which is why nobody notices, and why tests
# look for it by changing the held-out rows and not by looking at scores.
#
# </details>
# <details><summary>The dead counter in Riyadh on 1 April 2025 was filled with a plain Tuesday. What is wrong?</summary>
#
# It was the third day of Eid. A better filling would know it: `is_eid` and `is_ramadan` are keys you have now. But
# three years of training have nine Eid days, so cut finer only where enough days are left, and fall back step by step.
#
# </details>
# <details><summary>Which of the four functions would you run again when the calendar is corrected by one day?</summary>
#
# The first and all that is fed by it: the features, the chart, the model. That is why the calendar is a table and not
# an `if` in the code.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Folds cut at random let a launch of January learn from one of June. On the night of the forecast that is impossible.
# Write `past_target_encode(df, column, target, time)`: each row's encoding uses only rows with an *earlier* `time`.
# Then prove it to yourself: change the targets of all rows after some week and check that no encoding up to that week
# moves. Which rows get the fallback now, and what should it be in the very first week?
