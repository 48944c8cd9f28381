# %% [markdown] id="objective"
# # Tomorrow's demand, from first principles
#
# *Data analyst to ML engineer, lab 3. About 50 minutes. You need NumPy arrays, pandas joins and dates.*
#
# After this lab you can
#
# - write the two ways to fit a line, gradient descent and the closed form, and say what `lr` and `lam` do;
# - build the forecast that every model must beat, without a look at the future;
# - train trees and report an error that you can promise: measured on later days, on the same days as the baseline.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You work for a power utility in Kuwait. Every evening the control room decides which units run tomorrow, and for
# that it needs tomorrow's demand of three areas: Ahmadi, Hawalli and Jahra. In July more than half of the demand is
# air conditioning. Too low a forecast means expensive units in a hurry, too high a forecast burns gas for nothing.
# The weekend is Friday and Saturday.
#
# Until now an analyst copies the value of the same weekday last week. You are to do better, and to prove it.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/demand.csv` | one area on one day: the temperature forecast (°C), the demand (MWh) | generated |
#
# The temperature is the day's highest, as it was forecast the evening before. The generator has a year's wave of heat
# with spells of some days, cooling that begins at 22 °C, a weekend, growth, slow swings that nobody announces, and
# chance. Meters fail for days at a time (`demand_mwh` is empty) and some days are not in the file at all. To keep the
# lab short, Ramadan and the public holidays are left out: lab 2 has them.

# %% id="setup"
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import train_test_split

demand = pd.read_csv(Path("data") / "demand.csv", parse_dates=["date"])
demand["demand_mwh"] = demand["demand_mwh"].astype(float)

demand.tail(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Run these cells and read what they show before you write anything.
#
# **One: downhill, a step at a time.** Delivery vans in Amman: litres of fuel by distance (hundreds of km). We look
# for one number, `litres = slope * distance`. The mean squared error is a valley over all slopes. Its derivative
# tells which way is up, so we go the other way. The step is `lr` times the derivative.

# %% id="example-descent"
distance = np.array([0.5, 1.0, 1.5, 2.0])
litres = np.array([4.4, 8.1, 12.3, 15.8])

for lr in (0.05, 0.30, 0.60):
    slope = 0.0
    for _ in range(20):
        derivative = np.mean(2 * (slope * distance - litres) * distance)
        slope -= lr * derivative
    print(f"lr {lr:.2f}: slope {slope:12.4f} after 20 steps")
print(f"best slope: {np.sum(distance * litres) / np.sum(distance**2):.4f}")

# %% [markdown] id="example-descent-lesson"
# The first two arrive. With 0.60 each step leaps over the valley and lands higher up on the other side. How large a
# step may be depends on the scale of the columns. That is why one standardises before gradient descent, and why
# trees, which only ask "more or less than?", do not care.
#
# **Two: a score that nobody can keep.** The level of a reservoir in Morocco wanders from day to day. All that the
# model knows is the number of the day. We judge it twice: on days drawn at random, and on the last days.

# %% id="example-shuffle"
rng = np.random.default_rng(3)
days = np.arange(600).reshape(-1, 1)
level = 70 + np.cumsum(rng.normal(0, 0.6, 600))


def error_of(train_days: np.ndarray, test_days: np.ndarray) -> float:
    model = HistGradientBoostingRegressor(random_state=0).fit(days[train_days], level[train_days])
    return np.abs(model.predict(days[test_days]) - level[test_days]).mean()


mixed_train, mixed_test = train_test_split(np.arange(600), test_size=0.2, random_state=0)
print(f"days at random: {error_of(mixed_train, mixed_test):.2f} m")
print(f"the last days:  {error_of(np.arange(480), np.arange(480, 600)):.2f} m")

# %% [markdown] id="example-shuffle-lesson"
# Same model, same data. In the first line every day to be guessed has yesterday and tomorrow among the training rows,
# so it is enough to look left and right. In real life there is no tomorrow. **Rows of a series are judged in the
# order of time:** learn from the past, be judged on what came later.

# %% [markdown] id="descent-task"
# ## 1. Downhill in many dimensions (5 points)
#
# Write `gd_fit`: the loop above, for many columns and an intercept. Put a column of ones in front of `X`, and the
# intercept is a weight like the others. Note the loss as you go: a loss that rises is how you see that `lr` is too
# large.
#
# <details><summary>Hint 1: the idea</summary>
#
# With a column of ones in front, the model is one matrix product, `A @ weights`. The slope of the mean squared error
# in each weight is the mean over the rows of 2 times the error times that weight's column. All weights move at once,
# from the same errors.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.column_stack([np.ones(len(X)), X])` is `A`. `A.T @ errors` sums error times column for all columns at once;
# divide by the number of rows. Start from `np.zeros(A.shape[1])`, which is an array of floats. Note the loss once
# before the loop and once after each step.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# A = np.column_stack([np.ones(len(X)), X])
# weights = np.zeros(...)
# losses = [np.mean((A @ weights - y) ** 2)]
# for _ in range(steps):
#     errors = A @ weights - y
#     weights = weights - lr * 2 * A.T @ errors / ...
#     losses.append(...)
# return weights, np.array(losses)
# ```
#
# </details>

# %% exercise="descent"


def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """A linear model, found by gradient descent on the mean squared error.

    Args:
        X: n rows of k columns, whole numbers or floats, as they are: nothing is scaled here.
        y: n numbers, to be predicted.
        lr: the learning rate; a step is `-lr` times the gradient.
        steps: how many steps to take, 0 or more; all of them are taken.

    Returns:
        weights: k + 1 floats, the intercept first. They start at 0. The gradient is that of
            mean((intercept + X @ slopes - y) ** 2), and all weights move at once.
        losses: steps + 1 floats, that mean squared error before the first step and after each.
        Neither input is changed.
    """
    ### BEGIN SOLUTION
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = [np.mean((A @ weights - y) ** 2)]
    for _ in range(steps):
        weights = weights - lr * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
    return weights, np.array(losses)
    ### END SOLUTION


# %% check="descent"
two_rows, two_answers = np.array([[1.0], [3.0]]), np.array([2.0, 6.0])
weights, losses = gd_fit(two_rows, two_answers, 0.1, 1)
assert np.shape(weights) == (2,), "One column makes two weights: the intercept comes first."
assert np.shape(losses) == (2,), "One step makes two losses: the one before it and the one after it."
assert np.isclose(losses[0], 20), "With all weights 0 the errors are -2 and -6: the mean of 4 and 36 is 20."
assert weights[1] > 0, "y rises with X, and the first step went down: go against the gradient, not with it."
assert np.allclose(weights, [0.8, 2.0]), (
    "The gradient at 0 is -8 for the intercept (2 * mean of -2 and -6) and -20 for the slope (2 * mean of -2 and -18). "
    f"With lr 0.1 the first step ends at 0.8 and 2.0, not at {weights}. Is it the mean, is the 2 there?"
)
assert np.allclose(gd_fit(two_rows, two_answers, 0.1, 2000)[0], [0, 2], atol=1e-3), (
    "2,000 steps reach y = 2 x. Are all of them taken, each with the same `lr`, and is `y` left as it is?"
)

summer = demand[(demand["area"] == "Jahra") & demand["date"].dt.month.between(5, 9)].dropna()
raw = summer[["temperature_c"]].to_numpy()
scaled = (raw - raw.mean()) / raw.std()
for name, X in {"degrees as they are": raw, "standardised": scaled}.items():
    _, losses = gd_fit(X, summer["demand_mwh"].to_numpy(), 0.1, 50)
    print(f"{name:>20}: root mean squared error {np.sqrt(losses[0]):,.0f} MWh -> {np.sqrt(losses[-1]):,.4g} MWh")

# %% [markdown] id="ridge-task"
# ## 2. The same valley, in one move (5 points)
#
# For a linear model the bottom of the valley can be written down: where the gradient is 0 stands a system of
# equations, and NumPy solves it. **Ridge** adds a price for large slopes, `lam * sum(slopes ** 2)`. Then twins among
# the columns (today's temperature from two weather services, say) share their weight instead of growing to +900 and
# -880, and there is an answer even with more columns than rows.
#
# The intercept pays no price. It says where the demand lies, and a utility of 20,000 MWh is not "more complicated"
# than one of 200.
#
# <details><summary>Hint 1: the idea</summary>
#
# Without a price the equations are `A.T @ A @ weights = A.T @ y`, with the column of ones in `A`. The price adds
# `lam` to the diagonal of the matrix on the left, once for each slope, and nothing for the intercept.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.eye(k + 1)` is a matrix with ones on its diagonal; set its entry `[0, 0]` to 0 and the intercept is free. Let
# `np.linalg.solve(left, right)` solve the equations: it is quicker and more exact than an inverse.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# A = np.column_stack([np.ones(len(X)), X])
# price = lam * np.eye(A.shape[1])
# price[0, 0] = ...
# return np.linalg.solve(A.T @ A + ..., A.T @ y)
# ```
#
# </details>

# %% exercise="ridge"


def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """The linear model that makes sum((intercept + X @ slopes - y) ** 2) + lam * sum(slopes ** 2) smallest.

    Args:
        X: n rows of k columns of numbers, as they are: nothing is scaled here. With `lam` above 0, any columns: twins,
            constants, more columns than rows. With `lam` 0, columns with one best answer.
        y: n numbers, to be predicted.
        lam: the price of slopes, 0 or more.

    Returns:
        k + 1 floats, the intercept first. Neither input is changed.
    """
    ### BEGIN SOLUTION
    A = np.column_stack([np.ones(len(X)), X])
    price = lam * np.eye(A.shape[1])
    price[0, 0] = 0
    return np.linalg.solve(A.T @ A + price, A.T @ y)
    ### END SOLUTION


# %% check="ridge"
line = np.array([[0.0], [1.0], [2.0]])
assert np.allclose(ridge_closed_form(line, np.array([1.0, 3.0, 5.0]), 0), [1, 2]), (
    "With lam 0 this is least squares: through (0, 1), (1, 3), (2, 5) goes y = 1 + 2 x."
)
assert np.allclose(ridge_closed_form(line, np.array([1.0, 3.0, 5.0]), 2), [2, 1]), (
    "With lam 2 the best answer is y = 2 + 1 x. Other numbers mean another price, or a price on the intercept."
)
far = ridge_closed_form(line, np.array([1001.0, 1003.0, 1005.0]), 2)
assert np.isclose(far[1], 1), "1,000 MWh more on every day must move the intercept only. Does it pay a price?"
twins = np.column_stack([line, line])
assert np.allclose(ridge_closed_form(twins, np.array([1.0, 3.0, 5.0]), 1)[1:], 0.8), (
    "Two equal columns share their weight: 0.8 each."
)
steps_taken, _ = gd_fit(scaled, summer["demand_mwh"].to_numpy(), 0.1, 500)
in_one_move = ridge_closed_form(scaled, summer["demand_mwh"].to_numpy(), 0)
print(f"Jahra in summer: {in_one_move[0]:,.0f} MWh, and {in_one_move[1] / raw.std():,.0f} MWh more for each degree.")
print(f"Largest difference to 500 steps of gradient descent: {np.abs(steps_taken - in_one_move).max():.6f} MWh")

# %% [markdown] id="naive-task"
# ## 3. The forecast to beat (5 points)
#
# The analyst's forecast deserves to be done well: it goes live if yours fails, and it is the measure of all others.
# **Seasonal naive**: the demand of the same area on the same weekday last week. In SQL you would write `LAG(demand,
# 7) OVER (PARTITION BY area ORDER BY date)`. Do not: `LAG` counts rows, and where a day is not in the file, seven
# rows are eight days. Join on the *date*.
#
# Where last week's meter was dead, take the week before, and so on, four weeks back at most. Older than that is
# another season: leave it missing, and say so rather than guess.
#
# <details><summary>Hint 1: the idea</summary>
#
# It is a self join: the table, LEFT JOIN the same table on area and on date + 7 days. Then again with 14, 21 and 28,
# and COALESCE of the four, the nearest week first. Only values that are known may take part.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]` is the table to look in.
# `known.reindex(pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(weeks=1)]))` looks up all rows at
# once, and gives NaN where there is nothing. Work with NumPy arrays by position, and make the Series at the end.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
# forecast = np.full(len(df), np.nan)
# for weeks in (4, 3, 2, 1):  # the nearest week has the last word
#     keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - ...])
#     found = known.reindex(keys).to_numpy()
#     forecast = np.where(np.isnan(found), ..., ...)
# return pd.Series(forecast, index=...)
# ```
#
# </details>

# %% exercise="naive"


def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    """What the same area used on the same weekday of the last week whose demand is known.

    Args:
        df: n rows with `area` (text), `date` (datetime64, midnight) and `demand_mwh` (float, MWh, may be NaN), in any
            order, with any index; labels may repeat. An area has at most one row a day, and days may be absent.

    Returns:
        n floats (MWh) in the order of `df` and with its index: the `demand_mwh` of the row's area 7 days before the
        row's date. Where that is missing or its day is absent: of 14 days before, else 21, else 28, else NaN.
        `df` is not changed.
    """
    ### BEGIN SOLUTION
    known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    forecast = np.full(len(df), np.nan)
    for weeks in (4, 3, 2, 1):
        keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(weeks=weeks)])
        found = known.reindex(keys).to_numpy()
        forecast = np.where(np.isnan(found), forecast, found)
    return pd.Series(forecast, index=df.index, name="naive_mwh")
    ### END SOLUTION


# %% check="naive"
days = pd.to_datetime(["2025-05-22", "2025-05-15", "2025-05-08", "2025-05-15", "2025-05-30"])
five = pd.DataFrame(
    {"area": ["Jahra", "Jahra", "Jahra", "Ahmadi", "Ahmadi"], "date": days, "demand_mwh": [30.0, np.nan, 20, 50, 60]},
    index=[3, 3, 1, 2, 0],
)
answer = seasonal_naive(five)
assert isinstance(answer, pd.Series), "Return a Series."
assert list(answer.index) == [3, 3, 1, 2, 0], "Keep the order and the index of `df`, repeated labels too."
assert answer.iloc[1] == 20, "Jahra on 15 May: a week before, on 8 May, it used 20."
assert answer.iloc[0] == 20, "Jahra on 22 May: its meter was dead on 15 May, so take its 8 May, 20. 50 is Ahmadi's."
assert np.isnan(answer.iloc[3]), "Ahmadi on 15 May: nothing is known of earlier weeks. Jahra's 20 is not Ahmadi's."
assert np.isnan(answer.iloc[4]), "Ahmadi on Friday 30 May: 15 May was a Thursday. Join on the date, do not count rows."

demand["naive_mwh"] = seasonal_naive(demand)
miss = (demand["naive_mwh"] - demand["demand_mwh"]).abs()
for month in (1, 4, 7, 10):
    print(f"month {month:>2}: the copy of last week misses by {miss[demand['date'].dt.month == month].mean():,.0f} MWh")

# %% [markdown] id="trees-task"
# ## 4. Trees, and an error that you can promise (5 points)
#
# Boosted trees find the bend at 22 °C by themselves. The work is around them:
#
# - **Learn from the past only.** Rows from `cut` on are for judging. Not one of them may help to fit, to choose the
#   number of trees, or to stop early.
# - **Compare on the same rows.** A model judged on all rows and a baseline judged on the easy ones are not
#   comparable.
# - **Know what must be true.** No operator believes a forecast that falls when the day gets hotter. Trees can be held
#   to it.
#
# Report the **skill**: 1 minus your error as a share of the baseline's. 0 is as good as copying, 1 is perfect.
#
# <details><summary>Hint 1: the idea</summary>
#
# First drop the rows without a demand: neither can you learn from them nor be judged on them. Then two tables, `WHERE
# date < cut` and `WHERE date >= cut AND naive_mwh IS NOT NULL`. Fit on the first. Both errors are means over the
# second.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `HistGradientBoostingRegressor` takes missing features as they are. Its argument `monotonic_cst` takes a dict: the
# name of a feature, and 1 for "may never fall". Fit it on a DataFrame, so that it knows the names, with exactly the
# columns `features`. Leave the number of trees as it is, or choose it by a split of the past.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# known = df[df["demand_mwh"].notna()]
# past = known[known["date"] < cut]
# judged = known[(known["date"] >= cut) & ...]
# model = HistGradientBoostingRegressor(monotonic_cst={name: 1 for name in rising}, random_state=0)
# model.fit(past[features], past["demand_mwh"])
# mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
# naive_mae = ...
# return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": ...}
# ```
#
# </details>

# %% exercise="trees"


def fit_trees(
    df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp
) -> tuple[HistGradientBoostingRegressor, dict[str, float]]:
    """A tree model of the demand, learned from the days before `cut`, and how it does from `cut` on.

    Args:
        df: rows in any order, with any index, with `date` (datetime64, midnight), `demand_mwh` (MWh, may be NaN),
            `naive_mwh` (MWh, the seasonal naive forecast, may be NaN) and the columns `features`.
        features: names of columns of numbers; a value may be NaN.
        rising: those of `features`, complete ones, in which the forecast must never fall while the others stay.
        cut: the first day that is judged.

    Returns:
        model: any model of trees whose `predict` takes a table with the columns `features` (in that order) and returns
            MWh. It has learned from rows before `cut` whose demand is known, and nothing from other rows.
        report: a dict about the rows from `cut` on whose `demand_mwh` and `naive_mwh` are both known:
            "rows": how many they are; "mae": the model's mean absolute error on them (MWh); "naive_mae": that of
            `naive_mwh` on the same rows (MWh); "skill": 1 - mae / naive_mae.
        The skill should be above 0 wherever the temperature drives the demand. `df` is not changed.
    """
    ### BEGIN SOLUTION
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]
    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[features], past["demand_mwh"])
    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
    ### END SOLUTION


# %% check="trees"
table = demand.assign(
    naive_mwh=seasonal_naive(demand),
    weekday=demand["date"].dt.dayofweek,
    area_code=demand["area"].map({"Ahmadi": 0, "Hawalli": 1, "Jahra": 2}),
    day=(demand["date"] - demand["date"].min()).dt.days,
)
features, cut = ["temperature_c", "weekday", "area_code", "naive_mwh"], pd.Timestamp("2025-07-01")
model, report = fit_trees(table, features, ["temperature_c"], cut)
assert set(report) == {"rows", "mae", "naive_mae", "skill"}, "Report the four numbers that the docstring names."
later = table[(table["date"] >= cut) & table["demand_mwh"].notna() & table["naive_mwh"].notna()]
assert report["rows"] == len(later), "Judge the rows from `cut` on whose demand and naive forecast are both known."
assert np.isclose(report["naive_mae"], (later["naive_mwh"] - later["demand_mwh"]).abs().mean()), (
    "The baseline's mean absolute error is not that of the judged rows."
)
own_miss = np.abs(model.predict(later[features]) - later["demand_mwh"]).mean()
assert np.isclose(report["mae"], own_miss), (
    "The reported error is not the one that this model makes from `cut` on. Was it measured on other rows?"
)
heat = pd.concat([later.iloc[[50]]] * 26).assign(temperature_c=range(25, 51))
assert (np.diff(model.predict(heat[features])) >= 0).all(), "The same day, but hotter, and the forecast falls."
spoiled = table.assign(demand_mwh=table["demand_mwh"].where(table["date"] < cut, 0))
again, _ = fit_trees(spoiled, features, ["temperature_c"], cut)
assert np.allclose(model.predict(later[features]), again.predict(later[features])), (
    "We set the demand from `cut` on to 0, and the model changed: it had learned from the days that judge it."
)
print(f"copy of last week {report['naive_mae']:,.0f} MWh, trees {report['mae']:,.0f} MWh, skill {report['skill']:.2f}")

# The same trees with the number of the day, judged in both ways.
with_day = [*features, "day"]
_, in_order = fit_trees(table, with_day, ["temperature_c"], cut)
mixed_train, mixed_test = train_test_split(table.dropna(subset=["demand_mwh"]), test_size=0.2, random_state=0)
mixed = HistGradientBoostingRegressor(random_state=0).fit(mixed_train[with_day], mixed_train["demand_mwh"])
mixed_mae = np.abs(mixed.predict(mixed_test[with_day]) - mixed_test["demand_mwh"]).mean()
print(f"with the number of the day: {mixed_mae:,.0f} MWh on shuffled rows, {in_order['mae']:,.0f} MWh on later days")

# %% [markdown] id="promise-task"
# ## 5. In your own words (4 points)
#
# A colleague writes to the control room: *"I gave the trees the number of the day as well and tested on 20 % of the
# rows, drawn at random. The error is 441 MWh, less than half of what the official model reports. Please use mine from
# Sunday."*
#
# Answer the control room in five to eight sentences without formulas. Say where the 441 MWh come from, what error to
# expect from Sunday, how anybody can check it, and how you would judge a new model from now on. A person grades this
# answer.

# %% [markdown] written="promise" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>The loss rises from step to step. What do you change first?</summary>
#
# The learning rate, down. Or the scale of the columns: after standardising, a rate that exploded may be fine.
#
# </details>
# <details><summary>Standardise, then split, or split, then standardise?</summary>
#
# Split first. Mean and spread are learned from the training rows and applied to the others. The score hardly shows
# the difference, which is why one has to know it.
#
# </details>
# <details><summary>What happens to the slopes and to the intercept when <code>lam</code> becomes huge?</summary>
#
# The slopes go to 0. The intercept, which pays nothing, goes to the mean of `y`: the forecast of somebody who knows
# no features.
#
# </details>
# <details><summary>You stop adding trees when the error on the judged days is smallest. What is wrong?</summary>
#
# Those days have then chosen the model, so their error is no longer the error of unseen days. Cut a second, earlier
# stretch out of the past for that choice.
#
# </details>
# <details><summary>Why can trees with the number of the day not know next month?</summary>
#
# A tree answers with means of training rows. Every day after the last training day falls into the same last box, so
# the number of the day says nothing there. Between training days it says much: that is why shuffled rows flatter it.
#
# </details>
# <details><summary>The copy of last week beats your model in January. Is the model bad?</summary>
#
# Perhaps not. In January there is no cooling, and last week is hard to beat. Report the skill by season, and let the
# baseline run where it is better.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# One cut is one sample: perhaps that summer was easy. Write `backtest(df, features, rising, cuts)` that calls
# `fit_trees` for several cuts, a month apart, and judges each time the month after the cut only. Report the mean
# skill and its spread. Then answer: in which months would you rather send the copy of last week to the control room?
