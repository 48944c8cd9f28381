# %% [markdown] id="objective"
# # Training as a job that can be repeated
#
# *System administrator to MLOps engineer, lab 2. About 50 minutes. You need pandas, and git on the command line.*
#
# After this lab you can
#
# - split a series into past and future, with a gap so that no label reaches across;
# - train from a configuration, so that the same file gives the same model, and nothing is learned from the future;
# - release what came out with git, so that a tag says which code made which numbers.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You are still with the mobile operator in Oman. The features of lab 1 are there: for each tower and hour the highest
# temperature, its rise and the calls dropped, and a label: *does the tower go silent within eight hours?* Now a model
# is to be trained each Sunday night, by a job and not by a person with a notebook.
#
# You would not accept a server that nobody can build again. The same goes for a model: if it cannot be made a second
# time, nobody can say why it did what it did on the night of the failure.
#
# **Where the data comes from**
#
# | name | one row is | made how |
# |---|---|---|
# | `hours` | one hour of one tower: three features, and the label 1, 0 or missing | generated in the setup cell |
#
# Towers heat up when their cooling weakens, and most of these episodes end with a failure. Temperatures climb a
# little from week to week, as they do in May. Sensors fail now and then, so features have gaps. Labels are missing
# while a tower is down. To keep the lab short there are three features; a real job has fifty.

# %% id="setup"
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import average_precision_score
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

GIT = shutil.which("git") or "git"
TOWERS = ["Duqm", "Ibri", "Muscat", "Nizwa", "Salalah", "Sohar"]
FEATURES = ["temp_max_3", "temp_rise_24", "drops_per_gb_24"]


def make_hours(seed: int, days: int = 42) -> pd.DataFrame:
    """Hourly features of six towers whose cooling weakens now and then."""
    rng = np.random.default_rng(seed)
    parts = []
    for tower in TOWERS:
        n = days * 24
        heat, label = np.zeros(n), np.zeros(n)
        end = int(rng.integers(30, 120))
        while end < n - 12:
            ramp = int(rng.integers(10, 28))
            heat[end - ramp : end] += np.linspace(0, rng.uniform(5, 16), ramp)
            if rng.random() < 0.6:
                label[end - 8 : end] = 1
                label[end : end + 4] = np.nan
            end += int(rng.integers(40, 150))
        temp = 38 + 5 * np.sin(np.arange(n) / 24 * 2 * np.pi) + np.arange(n) / 24 / 7 + heat + rng.normal(0, 1, n)
        parts.append(
            pd.DataFrame(
                {
                    "tower": tower,
                    "time": pd.date_range("2025-05-01", periods=n, freq="1h", tz="UTC"),
                    "temp_max_3": temp,
                    "temp_rise_24": temp - np.roll(temp, 24),
                    "drops_per_gb_24": rng.gamma(4, 0.1, n) * np.exp(heat / 15),
                    "label": label,
                }
            )[24:]
        )
    table = pd.concat(parts).sort_values(["time", "tower"], ignore_index=True)
    table[FEATURES] = table[FEATURES].mask(rng.random((len(table), 3)) < 0.02)
    return table


def git(folder: Path | str, *arguments: str) -> str:
    """What a git command prints, when it is run in a folder; raises RuntimeError with git's own words when it fails."""
    done = subprocess.run([GIT, "-C", str(folder), *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"git {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


hours = make_hours(1)
config = {
    "features": FEATURES,
    "cut": "2025-06-01T00:00:00Z",
    "gap_h": 8,
    "alpha": 0.001,
    "epochs": 20,
    "seed": 7,
}
hours.tail(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run this cell and read what it shows. It is about the disk of a mail server in Kuwait City,
# which fills and empties at random. The model says "it will be as in the rows nearest in time".

# %% id="example-shuffle"
rng = np.random.default_rng(3)
disk = pd.DataFrame({"hour": np.arange(800), "gigabytes": 500 + np.cumsum(rng.normal(0, 4, 800))})
shuffled = disk.sample(frac=1, random_state=0)
for name, rows in {"shuffled rows": shuffled, "past and future": disk}.items():
    past, future = rows[:600], rows[600:]
    model = KNeighborsRegressor(3).fit(past[["hour"]], past["gigabytes"])
    error = (model.predict(future[["hour"]]) - future["gigabytes"]).abs().mean()
    print(f"{name:>16}: wrong by {error:5.1f} GB on average")

# %% [markdown] id="example-lesson"
# With shuffled rows the hour before and the hour after each test row are in the training data, so the model need only
# copy. On the night it runs there is no hour after. The same model is many times worse, and only the second
# number is true.
#
# Three more things belong to a job that can be repeated:
#
# - **A gap.** The label of an hour looks eight hours ahead. The last training rows before the cut know what happened
#   after it, so the test begins eight hours later.
# - **Whatever is learned is learned from the past.** Not only the model: the median that fills a gap and the mean and
#   the spread that scale a column as well. That leak moves scores so little that nobody notices.
# - **A seed from the configuration.** Not from the clock, and not from whatever ran before.
#
# And of git you know all that is needed: `git status --porcelain` prints a line for each file that is changed or
# untracked, and nothing when the tree is clean. `git tag NAME` makes a *lightweight* tag, a mere name. `git tag -a NAME
# -m TEXT` makes an *annotated* one, an object with its author, date and message: the one to use for releases.

# %% [markdown] id="split-task"
# ## 1. Past, gap, future (5 points)
#
# Cut the hours at one moment for all towers. What comes before is to be learned from; what comes after it *and* after
# the gap is to be judged on; the hours of the gap belong to neither. Rows without a label are of no use to either side.
#
# A job that trains on nothing or is judged on nothing should not end well: raise `ValueError`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two conditions on the same column, each with its own boundary, and a third one for both: the label is there. No
# sorting, no counting of rows: a table may come in any order.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `pd.Timestamp(cut)` makes a moment of the text, `pd.Timedelta(hours=gap_h)` a length of time. Boolean masks joined
# with `&`, `df["label"].notna()`, and `df[mask]` keeps order and index.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# begin = pd.Timestamp(cut)
# known = df["label"].notna()
# train = df[known & (df["time"] < ...)]
# test = df[known & (df["time"] >= ...)]
# if train.empty or ...:
#     raise ValueError("...")
# return train, test
# ```
#
# </details>

# %% exercise="split"


def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows to learn from and the rows to be judged on.

    Args:
        df: rows in any order, with any index: `time` (datetime64 in UTC), `label` (1, 0 or NaN), and others.
        cut: a moment as ISO text in UTC, such as "2025-06-01T00:00:00Z".
        gap_h: length of the gap in hours, at least 0.

    Returns:
        Two tables with the columns, the order and the index of `df`, which stays as it was. Train: rows with a label
        and time < cut. Test: rows with a label and time >= cut + gap_h.

    Raises:
        ValueError: one of the two would have no rows.
    """
    ### BEGIN SOLUTION
    begin = pd.Timestamp(cut)
    known = df["label"].notna()
    train = df[known & (df["time"] < begin)]
    test = df[known & (df["time"] >= begin + pd.Timedelta(hours=gap_h))]
    if train.empty or test.empty:
        raise ValueError(f"nothing to learn from, or nothing to be judged on, around {cut}")
    return train, test
    ### END SOLUTION


# %% check="split"
past, future = time_split(hours, config["cut"], config["gap_h"])
begin = pd.Timestamp(config["cut"])
assert (past["time"] < begin).all(), "A training row lies at or after the cut."
assert future["time"].min() == begin + pd.Timedelta(hours=8), "The first test hour is the one right after the gap."
assert past["time"].max() == begin - pd.Timedelta(hours=1), (
    "The last training hour is the one right before the cut: the gap is taken from the test side."
)
assert set(past.index) | set(future.index) <= set(hours.index[hours["label"].notna()]), (
    "A row without a label is on one of the sides, or the rows have lost their index."
)
try:
    time_split(hours, "2031-01-01T00:00:00Z", 8)
except ValueError:
    pass
else:
    raise AssertionError("Nothing lies after 2031: raise ValueError.")
print(f"{len(past):,} hours to learn from, {len(future):,} to be judged on")

# %% [markdown] id="train-task"
# ## 2. A model from a configuration (5 points)
#
# `train` gets *all* the hours and the configuration, makes the split, and fits three steps on the training side: fill
# gaps with the median, scale, and a linear model fitted by stochastic gradient descent. That last one shuffles its
# rows, so it needs a seed, and it is the configuration that has it.
#
# Put the steps into **one** pipeline. Then production hands in raw rows, with gaps, and the numbers that fill and scale
# them travel with the model.
#
# <details><summary>Hint 1: the idea</summary>
#
# Split first, then fit everything. If a line of your code that comes before the split learns anything (a median, a
# mean), it has seen the future. And ask of each number in your code: is it in the configuration?
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), SGDClassifier(...))`. Its `fit` fits each step on
# what it is given. `SGDClassifier` takes `loss`, `alpha`, `max_iter`, `tol` and `random_state`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# past, _ = time_split(df, cfg["cut"], ...)
# model = make_pipeline(
#     SimpleImputer(strategy="median"),
#     StandardScaler(),
#     SGDClassifier(
#         loss="log_loss", alpha=cfg["alpha"], max_iter=..., tol=None, random_state=...
#     ),
# )
# return model.fit(past[cfg["features"]], ...)
# ```
#
# </details>

# %% exercise="train"


def train(df: pd.DataFrame, cfg: dict) -> object:
    """A model of `label`, fitted on the training side of `time_split`.

    Args:
        df: all hours, as for `time_split`; the columns of features are floats and may have gaps.
        cfg: `features` (names of columns, in the order in which the model wants them), `cut` and `gap_h` for
            `time_split`, `alpha` (strength of regularisation), `epochs`, `seed`.

    Returns:
        A fitted model: its `predict_proba(rows[cfg["features"]])` takes raw rows, with gaps. It fills gaps with the
        median, scales to mean 0 and standard deviation 1, and then is scikit-learn's SGDClassifier with log loss,
        `alpha`, exactly `epochs` epochs (`max_iter`, with `tol=None`) and `seed` as its random state. Everything is
        learned from the training side. Same `df`, same `cfg`, same model. Neither input is changed.
    """
    ### BEGIN SOLUTION
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
    ### END SOLUTION


# %% check="train"
as_it_was = hours.copy()
first = train(hours, config)
sample = hours[FEATURES].iloc[-200:]
assert first is not None, "Return the fitted model."
assert hours.equals(as_it_was), "train changed the table it was given: work on a copy, and run the setup cell again."
risk = first.predict_proba(sample)[:, 1]
assert np.isfinite(risk).all(), "The model should take raw rows, with gaps, and give each a probability."
assert np.allclose(train(hours, config).predict_proba(sample)[:, 1], risk), (
    "Trained twice with the same configuration, and the models differ: is the seed from the configuration?"
)
for change in ({"seed": 8}, {"alpha": 0.1}, {"epochs": 2}):
    assert not np.allclose(train(hours, config | change).predict_proba(sample)[:, 1], risk), (
        f"With {change} in the configuration the model is the same: that entry is not used."
    )
later = hours["time"] >= pd.Timestamp(config["cut"])
other_future = hours.assign(temp_max_3=hours["temp_max_3"].where(~later, hours["temp_max_3"] * 3))
assert np.allclose(train(other_future, config).predict_proba(sample)[:, 1], risk), (
    "We changed temperatures after the cut, and the model changed: something was learned from the future."
)
print("The same file gives the same model, whatever comes later.")

# %% [markdown] id="evaluate-task"
# ## 3. A number that is true (4 points)
#
# Judge the model on the test side, and on nothing else. Failures are rare, so accuracy says nothing: who always says
# "all is well" is right in most hours. Average precision asks how well the risky hours are ranked; a ranking by chance
# gets the share of failures, so report that beside it.
#
# The model is a finished thing here. Do not fit any part of it again: not even its scaler, "to adapt it to the test".
#
# <details><summary>Hint 1: the idea</summary>
#
# Split as in training, and use only the other half. The report is data that will be written to a file, so its
# numbers are plain Python numbers.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `model.predict_proba(rows[cfg["features"]])[:, 1]` is the risk. `average_precision_score(labels, risk)` wants the
# labels first. `int(...)` and `float(...)` make plain numbers of NumPy's.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# _, future = time_split(df, cfg["cut"], cfg["gap_h"])
# risk = model.predict_proba(future[cfg["features"]])[:, 1]
# return {
#     "rows": len(future),
#     "failures": int(future["label"].sum()),
#     "average_precision": float(average_precision_score(...)),
#     "baseline": float(...),
# }
# ```
#
# </details>

# %% exercise="evaluate"


def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    """What the model is worth on the test side of `time_split`.

    Args:
        model: a fitted model with `predict_proba`, for the columns `cfg["features"]`; it stays as it is.
        df: all hours, as for `time_split`; the test side has rows with label 1 and with label 0.
        cfg: as for `train`.

    Returns:
        `rows` and `failures` (whole numbers): how many rows the test side has, and how many with label 1;
        `average_precision` of the model's probability of label 1 over these rows; `baseline`: the share of rows with
        label 1. Plain Python numbers, no others, so that `json.dumps` takes them.
    """
    ### BEGIN SOLUTION
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": float(future["label"].mean()),
    }
    ### END SOLUTION


# %% check="evaluate"
judged = train(hours, config)
report = evaluate(judged, hours, config)
assert isinstance(report, dict), "Return a dict."
assert set(report) == {"rows", "failures", "average_precision", "baseline"}, f"The report has {sorted(report)}."
for name, value in report.items():
    assert type(value) in (int, float), (
        f"{name} is a {type(value).__name__}: int() or float() makes a plain number of it."
    )
assert report["rows"] == len(future), "Judge the model on the rows of the test side, on all of them and no others."
assert np.isclose(report["baseline"], report["failures"] / report["rows"]), "The baseline is the share of failures."
assert 0.2 < report["average_precision"] < 0.95, "That is not this model's average precision on the test side."
assert np.allclose(judged.predict_proba(sample)[:, 1], risk), "The model changed while it was judged: do not fit it."
print(f"average precision {report['average_precision']:.2f}, by chance it would be {report['baseline']:.2f}")

# %% [markdown] id="release-task"
# ## 4. A release that can be found again (6 points)
#
# The job's code and configuration are in a git repository. `release` writes the numbers of a training run into it and
# puts an annotated tag on the commit that holds them. A year later `git show v12` answers all that an auditor asks:
# which code, which configuration, which numbers, when, by whom.
#
# That is only true if the code that ran *is* the code in the commit. So a tree with any change that is not committed is
# refused, files that git does not know included. And a version is given once: a tag that moves is worth nothing.
#
# <details><summary>Hint 1: the idea</summary>
#
# Ask everything that may refuse before you change anything: is the tree clean, is the version free? Then write, add,
# commit, tag, and read the commit's id. Two trainings may give the same numbers, and git does not commit
# nothing unless told to.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# The helper `git(folder, ...)` runs a command and returns what it prints. `git status --porcelain` is empty for a clean
# tree. `git tag --list NAME` prints the name if the tag exists. `git commit --allow-empty -m TEXT` commits even if no
# file changed; `git tag -a NAME -m TEXT`; `git rev-parse HEAD`. `json.dumps(metrics, indent=2, sort_keys=True)`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# if git(repo_dir, "status", "--porcelain"):
#     raise ValueError("...")
# if git(repo_dir, "tag", "--list", ...):
#     raise ValueError("...")
# (Path(repo_dir) / "metrics.json").write_text(json.dumps(...) + "\n")
# git(repo_dir, "add", "metrics.json")
# git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
# git(repo_dir, "tag", "-a", ...)
# return git(repo_dir, "rev-parse", "HEAD")
# ```
#
# </details>

# %% exercise="release"


def release(repo_dir: str, version: str, metrics: dict) -> str:
    """Commit the metrics and tag the commit; its id.

    Args:
        repo_dir: top folder of a git repository with at least one commit and an identity to commit with.
        version: name of the tag, such as "v12"; a valid name for git, without wildcards.
        metrics: names and numbers.

    Returns:
        The id (40 hexadecimal digits) of a new commit on the present branch. It changes nothing but `metrics.json` in
        the top folder, which holds `metrics` as JSON, perhaps the same as before; its message names the version. The
        annotated tag `version` points at it. The tree is clean afterwards.

    Raises:
        ValueError: the tree has changes that are not committed, staged or not, or files that git does not know and is
            not told to ignore; or there is a tag of that name. Then nothing was changed: no file, no commit, no tag.
    """
    ### BEGIN SOLUTION
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
    ### END SOLUTION


# %% check="release"
repo = Path(tempfile.mkdtemp(prefix="job-"))
git(repo, "init", "-q", "-b", "main")
git(repo, "config", "user.name", "Night job")
git(repo, "config", "user.email", "job@example.com")
(repo / "config.json").write_text(json.dumps(config, indent=2) + "\n")
git(repo, "add", "config.json")
git(repo, "commit", "-q", "-m", "Configuration of the job")


def is_refused(version: str) -> bool:
    try:
        release(str(repo), version, report)
    except ValueError:
        return True
    return False


sha = release(str(repo), "v1", report)
assert sha == git(repo, "rev-parse", "HEAD"), "Return the id of the new commit."
assert json.loads(git(repo, "show", "HEAD:metrics.json")) == report, "The commit should hold metrics.json."
assert git(repo, "cat-file", "-t", "v1") == "tag", "The tag is lightweight: use `git tag -a`."
assert git(repo, "rev-parse", "v1^{commit}") == sha, "The tag points at another commit."
assert is_refused("v1"), "The version v1 is taken: raise ValueError."
(repo / "notes.txt").write_text("try C=10?\n")
assert is_refused("v2"), "There is a file that git does not know: raise ValueError."
assert git(repo, "rev-parse", "HEAD") == sha, "A refused release should leave no commit."
(repo / "notes.txt").unlink()
assert release(str(repo), "v2", report) != sha, "A release with the same numbers is a commit of its own."
print(git(repo, "log", "--oneline", "--decorate"))

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A colleague shows you his notebook: *"I scale the whole table first, then I take 80 % of the rows at random for
# training. The score is the best we ever had, and I tagged it v13. It runs fine, I only had to fix two lines after
# the tag."*
#
# Answer in five to eight sentences that a colleague in operations follows. Say what each of the three habits does to
# the number or to the release, which of them you would not see in the score, how you would show that one to a
# doubter, and what to do instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Why is the gap as long as the label's horizon?</summary>
#
# A label of the hour before the cut tells what happens in the eight hours after it. With a shorter gap the model has
# been told of failures that the test asks for. Features that look back do not need a gap: looking back is allowed.
#
# </details>
# <details><summary>The scaler was fitted on all rows and the score did not move. Why care?</summary>
#
# Because you cannot know beforehand that it will not. And the job is not the same in production, where there is no
# future to fit on: what you measured is not what runs.
#
# </details>
# <details><summary>Same code, same seed, another machine: must the models be equal to the last bit?</summary>
#
# No. Other processors and other numbers of threads add in another order, and sums of floats depend on it. Compare
# predictions with a tolerance, and pin versions and the number of threads.
#
# </details>
# <details><summary>Why is an untracked file a reason to refuse?</summary>
#
# Because it may be what made the numbers: a module that is imported, a data file that is read. In the commit it is not
# there, so nobody can repeat the run from it.
#
# </details>
# <details><summary>What does an annotated tag have that a lightweight one has not?</summary>
#
# An object of its own: who tagged, when, why, and if you like a signature. A lightweight tag is a name in a folder and
# leaves no trace when it is moved.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# One cut is one sample. Write `backtest(df, cfg, cuts)`: train and judge at each of several cuts, always on all that
# came before, and report mean and spread of the average precision. How far do two neighbouring weeks lie apart? And how
# much better must a new model be before you believe that it is?
