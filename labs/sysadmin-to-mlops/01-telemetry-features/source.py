# %% [markdown] id="objective"
# # Features from telemetry that do not look ahead
#
# *System administrator to MLOps engineer, lab 1. About 55 minutes. You need pandas: `groupby`, boolean masks, time
# stamps.*
#
# After this lab you can
#
# - turn counters that reset and polls that go missing into an even hourly table, without inventing a single value;
# - build features of which none knows anything from **after** its own hour;
# - label each hour with "will it fail soon?", and leave the label open where nobody can know.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You run the monitoring of a mobile operator in Oman. The cabinets of its towers stand in the sun: when a cooling
# unit weakens, the cabinet heats up, calls begin to drop, and some hours later the tower switches itself off. Then
# somebody drives out, and from Muscat to Duqm that is half a day. If a model says *eight hours earlier* which tower
# is about to go, the technician is on the road in time.
#
# You know the material: two counters and a gauge, polled every half hour. You also know what it does to those who
# trust it. Counters begin from zero after a reboot. The collector goes down, and then nobody was polled. A tower that
# is off sends nothing.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/polls.csv` | one poll of one tower, time in UTC | generated |
# | `data/failures.csv` | one ticket: tower, when it went silent, when it was back (UTC), cause | generated |
#
# A poll has two counters, bytes carried and calls dropped since the tower's start, and a gauge: the temperature in its
# cabinet in degrees Celsius.
#
# The towers are generated: traffic with a daily rhythm, weather, cooling units that weaken and often fail, power cuts
# without a warning, planned reboots, three outages of the collector. Salalah is cooler, as it is in the monsoon. To
# keep the lab short, all towers are in one country and a failure takes down the whole tower. Real ones fail in part.

# %% id="setup"
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path("data")
polls = pd.read_csv(DATA / "polls.csv", parse_dates=["time"])
failures = pd.read_csv(DATA / "failures.csv", parse_dates=["start", "end"])

COUNTERS = ["bytes_total", "drops_total"]
NUMBERS = [*COUNTERS, "temp_c"]
COLUMNS = ["tower", "time", *NUMBERS]
HOUR = pd.Timedelta(hours=1)

polls.tail(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run these three cells and read what they show. They are about a switch in Amman and a
# data centre in Cairo.
#
# **One: a counter is not a quantity.** What happened between two polls is the difference of the two. When the switch
# is rebooted the counter begins again, and the difference is nonsense: minus two thousand packets. What was counted
# since the reboot is the new reading itself. (What was counted between the last poll and the reboot is lost.)

# %% id="example-reset"
port = pd.DataFrame({"minute": [0, 5, 10, 15, 20], "packets": [1200, 1900, 2600, 400, 900]})
step = port["packets"].diff()
port["plain_difference"] = step
port["counted"] = step.where(step >= 0, port["packets"]).where(step.notna())
port

# %% [markdown] id="example-clock"
# **Two: keep the books in UTC.** Egypt puts its clocks forward on the last Friday of April. "One row for each hour of
# the day" then has a day with 23 rows in spring and one with 25 in autumn. In UTC every day has 24. Local time is for
# people: convert at the very end, for the screen. Oman has no summer time, but your code will not always stay there.

# %% id="example-utc"
night = pd.Series(pd.date_range("2025-04-24 20:00", periods=4, freq="1h", tz="UTC"))
pd.DataFrame({"utc": night, "cairo": night.dt.tz_convert("Africa/Cairo")})

# %% [markdown] id="example-window"
# **Three: a window may only look back.** Here is noise: the queue of a mail server, drawn at random each minute. Nobody
# can predict it. Yet the window that is *centred* on the minute seems to know the next one, because it holds it.

# %% id="example-leak"
rng = np.random.default_rng(7)
queue = pd.Series(rng.normal(100, 20, 1_000))
following = queue.shift(-1)
for name, centred in {"looks back": False, "is centred": True}.items():
    window = queue.rolling(3, center=centred).mean()
    print(f"window that {name}: correlation with the next minute {window.corr(following):+.2f}")

# %% [markdown] id="example-lesson"
# That is **leakage**: information that is there when you train and gone when you predict. On a dashboard a centred
# window is fine, for there all the data is past. In a feature it is a lie that no score will show you, as long as the
# data you test on was made by the same code.
#
# The rules of this lab:
#
# 1. Unknown stays unknown. No zero, no last value, for an hour in which nobody was polled.
# 2. A feature of an hour uses that hour and earlier ones of the *same tower*, and is ready when the hour is over.
# 3. A label uses only what comes *after* that, and is open where the record ends.

# %% [markdown] id="validate-task"
# ## 1. A gate before the job (4 points)
#
# A nightly job that dies of a bad batch costs a night. One that does not die costs a model. So the first step looks
# at the batch and says *all* that is wrong with it, in one go: nobody wants to mend one fault a night.
#
# The commonest bad batch of all has no rows, and every check by row finds it flawless.
#
# <details><summary>Hint 1: the idea</summary>
#
# Think of a linter: start with an empty list, add a line for each fault, return the list. Each check first asks whether
# it can be made: a column that is missing has no values to look at, and one that is text is not below zero.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `name in df.columns`; `pd.api.types.is_numeric_dtype(df[name])`; `df[name].isna().any()`;
# `df.duplicated(["tower", "time"]).any()`. A column with a time zone has a dtype that can be compared with its name:
# `str(df["time"].dtype)` is `"datetime64[ns, UTC]"` only when it is UTC.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# there = [name for name in COLUMNS if name in df.columns]
# numeric = [name for name in there if pd.api.types.is_numeric_dtype(df[name])]
# problems = ["no rows"] if ... else []
# problems += [f"missing column: {name}" for name in COLUMNS if name not in there]
# problems += [f"not a number: {name}" for name in NUMBERS if name in there and name not in numeric]
# if "time" in there and str(df["time"].dtype) != ...:
#     problems.append("not UTC: time")
# problems += [f"missing value: {name}" for name in there if name != "temp_c" and ...]
# problems += [f"below zero: {name}" for name in COUNTERS if name in numeric and ...]
# if {"tower", "time"} <= set(there) and df.duplicated(...).any():
#     problems.append("repeated poll")
# return problems
# ```
#
# </details>

# %% exercise="validate"


def validate_schema(df: pd.DataFrame) -> list[str]:
    """All that is wrong with a batch of polls, and an empty list when nothing is. Never raises.

    Args:
        df: any table; a batch should have the columns `tower` (text), `time` (datetime64 in UTC), `bytes_total` and
            `drops_total` (counters, not below zero) and `temp_c` (degrees Celsius, may be missing, may be below zero).
            It may have other columns and any index.

    Returns:
        One text for each fault, each once, in any order:
        "no rows"; "missing column: NAME";
        "not a number: NAME" for a counter or `temp_c` whose dtype is not numeric;
        "not UTC: time" when `time` is anything else than datetime64 in UTC: text, without a zone, in another zone;
        "missing value: NAME" for `tower`, `time` or a counter with at least one missing value;
        "below zero: NAME" for a counter with at least one negative value;
        "repeated poll" when two rows have the same `tower` and `time`.
        A check that needs a column which is missing, or numbers where there are none, says nothing.
    """
    ### BEGIN SOLUTION
    there = [name for name in COLUMNS if name in df.columns]
    numeric = [name for name in there if pd.api.types.is_numeric_dtype(df[name])]
    problems = ["no rows"] if df.empty else []
    problems += [f"missing column: {name}" for name in COLUMNS if name not in there]
    problems += [f"not a number: {name}" for name in NUMBERS if name in there and name not in numeric]
    if "time" in there and str(df["time"].dtype) != "datetime64[ns, UTC]":
        problems.append("not UTC: time")
    problems += [f"missing value: {name}" for name in there if name != "temp_c" and df[name].isna().any()]
    problems += [f"below zero: {name}" for name in COUNTERS if name in numeric and (df[name] < 0).any()]
    if {"tower", "time"} <= set(there) and df.duplicated(["tower", "time"]).any():
        problems.append("repeated poll")
    return problems
    ### END SOLUTION


# %% check="validate"
assert validate_schema(polls) == [], f"The polls of this lab are sound, but you found {validate_schema(polls)}."
assert validate_schema(polls.iloc[:0]) == ["no rows"], "A batch without rows has one fault: 'no rows'."
local = polls.assign(time=polls["time"].dt.tz_convert("Asia/Muscat"))
assert validate_schema(local) == ["not UTC: time"], "Oman's time is a good zone, but the contract says UTC."
twice = pd.concat([polls.iloc[:3], polls.iloc[:1]])
assert validate_schema(twice) == ["repeated poll"], "The same tower at the same time, twice: 'repeated poll'."
bad = polls.iloc[:4].assign(bytes_total=-1, drops_total="many").drop(columns="temp_c")
assert sorted(validate_schema(bad)) == [
    "below zero: bytes_total",
    "missing column: temp_c",
    "not a number: drops_total",
], f"Three faults in one batch should give three lines, but you found {validate_schema(bad)}."
print(f"{len(polls):,} polls of {polls['tower'].nunique()} towers passed the gate.")

# %% [markdown] id="resample-task"
# ## 2. Counters to an even hourly table (6 points)
#
# Polls come at odd seconds, and not always. A model wants one row for each tower and hour, and in it *what happened*:
# not where the counter stood.
#
# Say exactly what is known. Between two polls, half an hour apart, the counter went up by so much: book it in the
# bin of the later poll. After a reset, book the new reading. But when the collector was down for five hours, the first
# poll after it has moved by five hours of traffic. Booked into one hour that is a spike which never was: when two
# polls lie more than one bin apart, the increment is unknown. An hour without polls stays in the table, and what is
# not known in it is missing, not zero.
#
# <details><summary>Hint 1: the idea</summary>
#
# First poll by poll, then bin by bin. For each poll: how long since this tower's poll before it, and by how much did
# the counter move? Keep the increment only where the first answer is short enough. Then sum the increments of each
# bin, and take care that the sum of nothing is missing.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# Sort by tower and time, with the time converted by `.dt.tz_convert("UTC")`. `groupby("tower")[name].diff()` never
# reaches into another tower. `step.where(step >= 0, reading)` is the reset, a second `.where(...)` the gap.
# `df.set_index("time").groupby("tower").resample(freq)` gives every bin from a tower's first to its last;
# `.sum(min_count=1)` of nothing is NaN, where plain `.sum()` is 0.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
# by_tower = rows.groupby("tower")
# fresh = by_tower["time"].diff() <= pd.Timedelta(...)
# for name in ["bytes", "drops"]:
#     step = by_tower[f"{name}_total"].diff()
#     rows[name] = step.where(step >= 0, ...).where(...)
# bins = rows.set_index("time").groupby("tower").resample(freq)
# table = bins[["bytes", "drops"]].sum(min_count=...)
# table["temp_c"] = bins["temp_c"].mean()
# table["polls"] = bins["bytes_total"].count()
# return table.reset_index()
# ```
#
# </details>

# %% exercise="resample"


def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    """What happened in each bin of time at each tower, from its polls.

    Args:
        df: polls in any order and with any index, complete but for `temp_c`: `tower`, `time` (datetime64 in any one
            time zone), `bytes_total`, `drops_total`, `temp_c`. No poll comes twice.
        freq: width of a bin, such as "1h" or "1D"; bins begin at whole hours or days of UTC.

    Returns:
        A table with one row for each tower and bin, from the bin of the tower's first poll to that of its last, sorted
        by tower and time, index 0, 1, 2 ...: `tower`; `time`, the start of the bin in UTC (it holds start <= t < end);
        `bytes` and `drops`, the sums of the bin's increments; `temp_c`, the mean of the temperatures measured in
        it; `polls`, how many polls it holds.
        An increment belongs to a poll: the counter less that of the tower's poll before, or, where it went down, the
        counter itself. It is unknown for a tower's first poll, and where the poll before lies more than one `freq`
        back. A sum of no known increments, or a mean of no temperatures, is NaN.
    """
    ### BEGIN SOLUTION
    rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
    by_tower = rows.groupby("tower")
    fresh = by_tower["time"].diff() <= pd.Timedelta(freq)
    for name in ["bytes", "drops"]:
        step = by_tower[f"{name}_total"].diff()
        rows[name] = step.where(step >= 0, rows[f"{name}_total"]).where(fresh)
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table.reset_index()
    ### END SOLUTION


# %% check="resample"
five = pd.DataFrame(
    {
        "tower": "Sur",
        "time": pd.to_datetime(
            ["2025-06-01 00:10Z", "2025-06-01 00:50Z", "2025-06-01 01:20Z", "2025-06-01 04:00Z", "2025-06-01 04:30Z"]
        ),
        "bytes_total": [100, 700, 40, 900, 950],
        "drops_total": [5, 5, 0, 9, 10],
        "temp_c": [40.0, 42.0, np.nan, 45.0, 46.0],
    }
)
answer = resample_counters(five, "1h")
assert isinstance(answer, pd.DataFrame), "Return a DataFrame."
assert len(answer) == 5, "From 00:00 to 04:00 there are five hours. Hours without a poll have their row too."
assert str(answer["time"].dt.tz) == "UTC", "`time` is the start of the bin, in UTC."
assert list(answer["polls"]) == [2, 1, 0, 0, 2], "`polls` counts the polls of each hour."
assert answer["bytes"].iloc[0] == 600, "The first poll has no increment; the second has 700 - 100."
assert answer["bytes"].iloc[1] == 40, "At 01:20 the counter had begun again: the increment is the reading, 40."
assert answer["bytes"].iloc[2:4].isna().all(), "Nobody was polled from 02:00 to 04:00: unknown is NaN, not 0."
assert answer["bytes"].iloc[4] == 50, (
    "From 01:20 to 04:00 is more than one hour, so that increment is unknown. What is left of hour 04 is 950 - 900."
)
assert answer["temp_c"].iloc[0] == 41, "`temp_c` is the mean of the hour."
hourly = resample_counters(polls, "1h")
print(f"{len(hourly):,} hours; in {hourly['polls'].eq(0).sum()} of them nobody was polled.")

# %% [markdown] id="rates-task"
# ## 3. Features that only look back (5 points)
#
# How warm is it, how fast did it warm up, and how many calls drop for each gigabyte carried: over a short window and
# over a long one. The features of an hour are ready when it is over, so the hour itself belongs to them, and the next
# one does not.
#
# Two traps besides the future. In this table the rows of Ibri follow those of Duqm, and a window that knows
# nothing of towers begins Ibri with Duqm's last hours. And a rate over a window is the drops of the window by the
# gigabytes of the window. The mean of hourly rates is something else: an hour at four in the morning with two calls
# would weigh as much as the evening peak.
#
# <details><summary>Hint 1: the idea</summary>
#
# All windows run inside one tower and end with the row itself. For the rate make two sums, each over the same
# rows, and divide the sums. For the rise subtract a value of some rows ago, which the first rows of a tower do not
# have.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `df.groupby("tower")[columns].rolling(window, min_periods=1).sum()` passes over missing values; its result has the
# tower as a further index level, so `.droplevel(0)` brings back the index of `df`.
# `df.groupby("tower")["temp_c"].shift(window)` is the value `window` rows earlier. `x.where(x > 0)` turns zeros into
# NaN before you divide.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# features = df.copy()
# by_tower = df.groupby("tower")
# for window in windows:
#     past = by_tower[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1)
#     sums = past[["bytes", "drops"]].sum().droplevel(0)
#     gigabytes = sums["bytes"] / 1e9
#     features[f"drops_per_gb_{window}"] = sums["drops"] / gigabytes.where(...)
#     features[f"temp_max_{window}"] = past["temp_c"].max().droplevel(0)
#     features[f"temp_rise_{window}"] = df["temp_c"] - ...
# return features
# ```
#
# </details>

# %% exercise="rates"


def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    """Features of each row from itself and the rows of its tower before it.

    Args:
        df: rows as `resample_counters` returns them: sorted by `tower` and `time`, no bin left out, index without
            repeats; `bytes` and `drops` are missing in the same rows, `temp_c` may be missing in others.
        windows: lengths of windows, as numbers of rows of at least 1.

    Returns:
        A new table: the rows, index and columns of `df`, which stays as it was, and for each window w three columns
        of floats. The window is the row and the w - 1 rows of its tower before it, fewer at a tower's beginning;
        missing values in it are passed over.
        `drops_per_gb_w`: the window's drops divided by its gigabytes (1e9 bytes), NaN where none are known or none
        were carried; `temp_max_w`: the window's highest temperature, NaN where none is known;
        `temp_rise_w`: the row's temperature less that of its tower w rows earlier, NaN where either is missing.
    """
    ### BEGIN SOLUTION
    features = df.copy()
    by_tower = df.groupby("tower")
    for window in windows:
        past = by_tower[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1)
        sums = past[["bytes", "drops"]].sum().droplevel(0)
        gigabytes = sums["bytes"] / 1e9
        features[f"drops_per_gb_{window}"] = sums["drops"] / gigabytes.where(gigabytes > 0)
        features[f"temp_max_{window}"] = past["temp_c"].max().droplevel(0)
        features[f"temp_rise_{window}"] = df["temp_c"] - by_tower["temp_c"].shift(window)
    return features
    ### END SOLUTION


# %% check="rates"
day = pd.DataFrame(
    {
        "tower": ["Rustaq"] * 3 + ["Samail"] * 3,
        "time": list(pd.date_range("2025-06-01", periods=3, freq="1h", tz="UTC")) * 2,
        "bytes": [1e9, 3e9, np.nan, 2e9, 0, 0],
        "drops": [4.0, 2, np.nan, 1, 0, 0],
        "temp_c": [40.0, 44, np.nan, 30, 29, 35],
    }
)
before = day.copy()
answer = rate_features(day, [2])
assert isinstance(answer, pd.DataFrame), "Return a DataFrame."
assert len(answer) == len(day), "Return as many rows as came in."
assert day.equals(before), "`df` itself was changed. Work on `df.copy()`."
assert answer["drops_per_gb_2"].iloc[0] == 4, (
    "At a tower's beginning the window has one row, the row itself: 4 drops in 1 gigabyte, 1e9 bytes."
)
assert answer["drops_per_gb_2"].iloc[1] == 1.5, (
    "Rustaq, second hour: 4 + 2 drops in 1 + 3 gigabytes are 1.5. The mean of the two rates would be 2.33."
)
assert answer["drops_per_gb_2"].iloc[3] == 0.5, "Samail's first hour must not see Rustaq's last one."
assert np.isnan(answer["drops_per_gb_2"].iloc[5]), (
    "Nothing carried in two hours: there is no rate, not an infinite one."
)
assert list(answer["temp_max_2"].iloc[:3]) == [40, 44, 44], "`temp_max_2` passes over what is missing."
assert answer["temp_rise_2"].iloc[5] == 5, "From 30 to 35 degrees in two rows is a rise of 5."
assert answer["temp_rise_2"].iloc[:5].isna().all(), "A tower's first two rows, or a missing temperature, have no rise."
later = rate_features(day.assign(temp_c=[40.0, 44, 90, 30, 29, 90]), [2])
assert later["temp_max_2"].iloc[1] == 44, "We changed the third hour, and a feature of the second moved with it."

features = rate_features(hourly, [3, 24])
print(features.groupby("tower")[["drops_per_gb_24", "temp_max_24"]].median().round(1))

# %% [markdown] id="label-task"
# ## 4. Will it fail soon? (5 points)
#
# The label of an hour answers the question that the model will be asked when the hour is over: *does this tower go
# silent within the next `horizon_h` hours?* What happened during the hour is no longer a prediction. A model that
# learns from such rows learns to see a failure that has already begun.
#
# Sometimes there is no answer. While a tower is down nobody asks whether it will fail. And in the last hours of the
# record "no ticket yet" does not mean "no failure": the horizon is not over. Leave those open, as NaN: the training
# job will drop them. A zero there would teach the model that the newest hours are always safe.
#
# <details><summary>Hint 1: the idea</summary>
#
# Draw a line of time for one row: the hour, then the horizon. Three moments matter: when the hour begins, when it is
# over, when the horizon is over. Where a ticket's start and end lie between them decides all. Go ticket by ticket.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `ready = df["time"] + HOUR` and `until = ready + pd.Timedelta(hours=horizon_h)` for all rows at once. A loop over
# `events.itertuples()` with masks such as `(df["tower"] == event.tower) & (event.start >= ready)`. Two spans overlap
# when each begins before the other ends. The record ends at `ready.max()`. Set the open labels in the right order:
# what is set last wins.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# labels = pd.Series(0.0, index=df.index)
# labels[until > ready.max()] = np.nan
# down = pd.Series(False, index=df.index)
# for event in events.itertuples():
#     mine = df["tower"] == event.tower
#     labels[mine & (event.start >= ...) & (event.start < ...)] = 1.0
#     down |= mine & (event.start < ready) & (event.end > ...)
# labels[down] = np.nan
# return labels
# ```
#
# </details>

# %% exercise="label"


def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    """Whether each row's tower goes silent within the horizon after the row's hour.

    Args:
        df: n rows with `tower` and `time` (datetime64 in UTC, the start of an hour), in any order, with any index.
        events: the tickets, perhaps none: `tower`, `start` and `end` (datetime64 in UTC, start < end). Tickets of one
            tower do not overlap; there may be towers that `df` does not have.
        horizon_h: length of the horizon in hours, at least 1.

    Returns:
        n floats in the order of `df` and with its index. A row's hour is time <= t < time + 1h; its horizon is
        time + 1h <= t < time + 1h + horizon_h. The record ends with the last hour of `df`, whichever tower it is.
        NaN where a ticket of the tower covers a moment of the row's hour (from start, before end); else 1.0 where a
        ticket of the tower starts in the horizon; else NaN where the horizon goes beyond the record; else 0.0.
    """
    ### BEGIN SOLUTION
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    labels[until > ready.max()] = np.nan
    down = pd.Series(data=False, index=df.index)
    for event in events.itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    labels[down] = np.nan
    return labels
    ### END SOLUTION


# %% check="label"
eight = pd.DataFrame({"tower": "Sur", "time": pd.date_range("2025-06-01", periods=8, freq="1h", tz="UTC")})
ticket = pd.DataFrame(
    {"tower": ["Sur"], "start": [pd.Timestamp("2025-06-01 03:40Z")], "end": [pd.Timestamp("2025-06-01 05:00Z")]}
)
answer = label_failures(eight, ticket, 2)
assert isinstance(answer, pd.Series), "Return a Series."
assert len(answer) == 8, "Return a label for each row."
assert np.isnan(answer.iloc[3]), "The tower went silent at 03:40, within the hour of 03:00: that row has no label."
assert list(answer.iloc[1:3]) == [1, 1], (
    "Rows 01:00 and 02:00 are over at 02:00 and 03:00. Within two hours of that, at 03:40, the tower goes silent."
)
assert answer.iloc[0] == 0, "Row 00:00 is over at 01:00, and its horizon at 03:00: 03:40 comes later."
assert np.isnan(answer.iloc[4]), "From 04:00 to 05:00 the tower was down."
assert answer.iloc[5] == 0, "At 05:00 the tower was back, and the record shows the two hours after row 05:00."
assert answer.iloc[6:].isna().all(), "The record ends at 08:00: what follows rows 06:00 and 07:00 is not known yet."
assert label_failures(eight, ticket.iloc[:0], 2).iloc[:6].eq(0).all(), "Without tickets nothing fails."

labels = label_failures(features, failures, 8)
known = labels.notna()
print(f"labels: {int(labels.sum())} of {known.sum():,} hours are followed by a failure within 8 hours")
empty = hourly["polls"].eq(0).groupby(hourly["tower"])
ahead = empty.transform(lambda hours: hours.rolling(9, min_periods=1).sum().shift(-8))
for name, feature in {"rise over a day": features["temp_rise_24"], "empty hours ahead (leaks)": ahead}.items():
    hottest = feature[known].nlargest(100).index
    print(f"{name:>30}: of the 100 highest, {int(labels[hottest].sum())} were followed by a failure")
print(f"{'any 100 hours':>30}: {100 * labels[known].mean():.0f}")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# The last check shows a column that finds failures very well: how many of the nine hours that begin with the row have
# no poll. A colleague wants it in the model. *"I shifted it by eight hours so that it lines up with the label. It is
# the best column we have! And in the empty hours I filled the temperature with its last value, so there are no gaps."*
#
# Answer in five to eight sentences that a colleague in operations follows. Say why the column is worthless in
# production, what filling in the last value does to a tower that has gone silent, how you would show the first
# fault to a doubter, and what to do instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Why is the sum of a bin without a single increment missing, and not 0?</summary>
#
# Zero says "we looked, and nothing was carried": that is an alarm. Missing says "we did not look". The two call for
# different people, and a model must be able to tell them apart. The column `polls` helps it to.
#
# </details>
# <details><summary>A counter of 32 bits runs over at 4,294,967,295. Is the rule for resets right for it?</summary>
#
# No. After an overflow the increment is the new reading *plus* what was left to the top. Ask for 64-bit counters, as
# `ifHCInOctets` is one: at 10 Gbit/s a 32-bit counter of bytes runs over every three and a half seconds.
#
# </details>
# <details><summary>Why may a feature use its own hour, and a label not?</summary>
#
# The model is asked when the hour is over. What happened in it is known by then, so a feature may use it. For the
# same reason it is no longer a prediction.
#
# </details>
# <details><summary>How would you find out whether a feature of someone else's code looks ahead?</summary>
#
# Change the data after some moment, run the code again, and compare the features up to that moment. If one of them
# moved, it saw the future. The hidden tests of this lab do just that.
#
# </details>
# <details><summary>What happens to a model when the open labels at the end of the record become zeros?</summary>
#
# Hours just before failures that are not recorded yet are taught as safe. And the share of failures seems to fall
# towards today, so a model that sees the date learns that all is well now.
#
# </details>
# <details><summary>Salalah never gets as hot as Ibri. Which feature still works for both?</summary>
#
# The rise: it compares a tower with itself. The highest temperature alone would mark Ibri every noon and Salalah
# never.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Polls arrive late: a collector in the desert buffers and sends an hour's polls in one go. At 13:00 the table has
# gaps that are filled at 14:00, so training sees fuller hours than production ever will. Add a column `received`, write
# `as_known_at(df, moment)`, and build each row's features only from polls received before its hour was over plus five
# minutes. How much does `drops_per_gb_3` change? And how would you monitor it?
