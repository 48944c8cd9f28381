# %% [markdown] id="objective"
# # A score that holds for rare churners
#
# *Backend developer to AI developer, lab 2. About 50 minutes. You need lab 1, and what `fit` and `predict` do.*
#
# After this lab you can
#
# - rehearse production: fold by fold, with whole accounts held out, scored by a number that rare cases deserve;
# - keep **every** step that looks at rows inside the rehearsal, so that the score you promise is the score you get;
# - search settings within a budget, and read from a learning curve what to do next.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# The mobile operator of lab 1 can call 60 customers a week before they leave, with an offer worth having. Some 5 in a
# hundred lines leave in a quarter. A family or a small firm has several lines on one account, and where one leaves,
# the others tend to follow. The model is trained on last quarter's accounts and will rank lines of accounts that it
# has never seen.
#
# Think of a test suite. It is worth something because it runs what production runs, on inputs that the code was not
# written around. A score is a test suite for a model, and it can be fooled in the same way: by letting the answers
# into the build.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/lines.csv` | one line: its account, 31 columns about it, and whether it left (`churned`) | generated |
#
# The columns: tenure (months), delay of payment (days), complaints, bill (OMR), data (GB), dropped calls, days of
# roaming, and the share of the day's traffic in each of the 24 hours. In the generated data tenure, delay, complaints
# and dropped calls decide whether a line leaves, and so does the mood of the account, which is in no column but shows
# a little in the bill. The hours say nothing at all. Real data has such columns too, only nobody tells you which.

# %% id="setup"
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline, make_pipeline
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import KFold, StratifiedGroupKFold, cross_val_score

lines = pd.read_csv(Path("data") / "lines.csv")
X = lines.drop(columns=["account", "churned"])
y = lines["churned"]
accounts = lines["account"]
print(f"{len(lines)} lines on {accounts.nunique()} accounts, {y.sum()} left")

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Run these cells and read what they show. They are about a payment service in Bahrain that looks for fraud: 20 of
# 1,000 payments are bad, and the ten columns know a little.
#
# **One: accuracy rewards silence.**

# %% id="example-accuracy"
rng = np.random.default_rng(5)
bad = np.arange(1000) < 20
payments = rng.normal(size=(1000, 10)) + 0.8 * bad[:, None] * (np.arange(10) < 3)
print(f"nobody is bad: {np.mean(bad == 0):.1%} right, and no fraud is found")

chance = LogisticRegression().fit(payments[::2], bad[::2]).predict_proba(payments[1::2])[:, 1]
print(f"a model, average precision {average_precision_score(bad[1::2], chance):.2f}; by chance {bad.mean():.2f}")

# %% [markdown] id="example-precision"
# **Average precision** walks down the ranked list. At each bad payment it notes which share of the list so far is
# bad, and takes the mean. A perfect ranking has 1; a random one has the share of bad payments, here 0.02. So always
# name that share beside it.
#
# **Two: the same row on both sides.** With so few bad payments a colleague repeats each of them 49 times, "so that
# the model sees more of them", and cross-validates afterwards. Look at the score when the labels are **shuffled**,
# so that there is nothing to find:

# %% id="example-leak"
shuffled = rng.permutation(bad)
forest = RandomForestClassifier(30, random_state=0)
folds = KFold(5, shuffle=True, random_state=0)
more, labels = RandomOverSampler(random_state=0).fit_resample(payments, shuffled)
before = cross_val_score(forest, more, labels, cv=folds, scoring="average_precision").mean()
inside = make_pipeline(RandomOverSampler(random_state=0), clone(forest))
within = cross_val_score(inside, payments, shuffled, cv=folds, scoring="average_precision").mean()
print(f"repeated before the split: {before:.2f}    repeated inside the folds: {within:.2f}")

# %% [markdown] id="example-lesson"
# A perfect score, for nothing. Copies of one payment lie in training and in test rows, and the forest remembers them.
# SMOTE does not copy: it invents rows *between* neighbours. That is only slightly better hidden.
#
# The pipeline of imbalanced-learn is the cure. It resamples when it is **fitted**, and when it predicts it leaves the
# rows alone. So cross-validation resamples the training folds, anew each time, and scores real rows.
#
# The rule behind it: **what looks at rows is part of the recipe, and the whole recipe goes into the folds.**

# %% [markdown] id="score-task"
# ## 1. Folds that keep families together (5 points)
#
# Write `cv_score`: five rehearsals of production. In each, a fifth of the accounts plays the customers to come. A
# line whose brother is among the training rows would be no rehearsal: the model knows the family already.
#
# Score with average precision. You get a recipe that is not fitted, and you give it back that way.
#
# <details><summary>Hint 1: the idea</summary>
#
# Ask what production will be like: the model will score lines of accounts that it has never seen. So the rehearsal
# must hold out whole accounts. And each rehearsal starts from nothing: a fresh copy of the whole recipe, fitted on the
# other folds only.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `StratifiedGroupKFold(5)` makes such folds and spreads the churners over them. `cross_val_score(pipe, X, y,
# groups=..., cv=..., scoring=...)` copies the recipe, fits and scores it, fold by fold; without `groups=` the folds do
# not know the accounts. The name of the score is "average_precision".
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# folds = StratifiedGroupKFold(...)
# return cross_val_score(pipe, X, y, groups=..., cv=folds, scoring="...")
# ```
#
# </details>

# %% exercise="score"


def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    """Average precision of a recipe in each of five folds.

    Args:
        pipe: a recipe (a pipeline of scikit-learn or imbalanced-learn, with `predict_proba`), not fitted. It stays so.
        X: n rows with any index; labels may repeat.
        y: n numbers, 1 for a line that left, else 0.
        groups: n labels, the account of each row. X, y and groups belong together by position.

    Returns:
        Array of five floats, one for each fold: the average precision of the probabilities of churn that a copy of
        the recipe gives to the fold's rows, once it was fitted on all rows of the other four folds and on no others.
        Every row is in one fold. Rows of one account are all in the same fold. The folds are about equally large, and
        each has churners, as far as the accounts allow. X, y and groups are not changed.
    """
    ### BEGIN SOLUTION
    folds = StratifiedGroupKFold(5)
    return cross_val_score(pipe, X, y, groups=groups, cv=folds, scoring="average_precision")
    ### END SOLUTION


# %% check="score"
quick = make_pipeline(SelectKBest(f_classif, k=6), LogisticRegression(max_iter=2000))
scores = cv_score(quick, X, y, accounts)
assert isinstance(scores, np.ndarray), "Return the array of the five scores, not their mean: the spread is news too."
assert scores.shape == (5,), f"Five folds have five scores, you returned the shape {scores.shape}."
assert (scores < 0.8).all(), "Above 0.8 for rare churners? That looks like accuracy, or the area under the ROC."
assert not hasattr(quick[-1], "coef_"), "The recipe itself was fitted. Fit a copy: `clone(pipe)`, or let sklearn do it."
twins = pd.DataFrame({"size": np.repeat(np.random.default_rng(1).normal(size=100), 2)})
tossed = pd.Series(np.repeat(np.random.default_rng(2).integers(0, 2, 100), 2))
memory = make_pipeline(SelectKBest(f_classif, k=1), RandomForestClassifier(20, random_state=0))
score_of_twins = cv_score(memory, twins, tossed, pd.Series(np.repeat(np.arange(100), 2))).mean()
assert score_of_twins < 0.75, (
    f"Twins whose label is a coin's toss score {score_of_twins:.2f}: one twin was in the training rows of the other."
)
print(
    f"Good. Average precision {scores.mean():.2f}, from {scores.min():.2f} to {scores.max():.2f}; chance {y.mean():.2f}"
)

# %% [markdown] id="final-task"
# ## 2. The model, and what to expect of it (6 points)
#
# Now the model for production. The recipe has three steps: keep the `k` columns that tell most, balance the classes
# with SMOTE, grow a forest. You hand over two things: the model, fitted on **all** rows, and the score to expect of it.
#
# The score is the promise that people will hold you to, and each step of the recipe can break it when it is taken
# before the folds are cut. Choosing 10 of 700 columns by how well they fit the labels, test rows included, finds ten
# that fit by luck. Try it with `y` shuffled, when you have time.
#
# You may use `cv_score`, or write the folds again.
#
# <details><summary>Hint 1: the idea</summary>
#
# Everything that looks at rows belongs into the recipe: the choice of columns and the invention of rows as well as the
# forest. What happens before the folds are cut has seen the rows that judge it.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `make_pipeline` of imbalanced-learn (it is imported) takes resampling steps too: it resamples when it is fitted and
# never when it predicts. `SelectKBest(f_classif, k=k)`, `SMOTE(random_state=seed)` and `RandomForestClassifier(...)`
# are the steps. Give the unfitted pipeline to the folds, take the mean, and only then fit it on all rows.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(...), RandomForestClassifier(...))
# scores = cross_val_score(recipe, X, y, groups=groups, cv=..., scoring=...)
# return recipe.fit(X, y), scores.mean()
# ```
#
# </details>

# %% exercise="final"


def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    """The model for production, and the score to expect of it.

    The recipe, in this order: the `k` columns with the highest `f_classif`; SMOTE with `random_state=seed`;
    RandomForestClassifier with 60 trees, `min_samples_leaf=3`, `random_state=seed`; all else as by default.

    Args:
        X: n rows of numbers, without gaps.
        y: n numbers, 1 for a line that left, else 0.
        groups: n labels, the account of each row.
        k: how many columns are kept, at most as many as X has.
        seed: of the recipe's random steps.

    Returns:
        model: the recipe fitted on all n rows. `model.predict_proba(rows)` takes rows with all columns of X and gives
        one probability pair for each of them.
        promise: float, the mean over five folds, cut as in `cv_score`, of the average precision of the *whole* recipe
        learned from the other four folds and scored on the fold's own rows as they are.
    """
    ### BEGIN SOLUTION
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = StratifiedGroupKFold(5)
    scores = cross_val_score(recipe, X, y, groups=groups, cv=folds, scoring="average_precision")
    return recipe.fit(X, y), scores.mean()
    ### END SOLUTION


# %% check="final"
model, promise = fit_final(X, y, accounts, 8, 0)
chances = model.predict_proba(X.head(3))
assert chances.shape == (3, 2), "predict_proba of three rows gives three pairs: does the model resample what it scores?"
noise = pd.DataFrame(np.random.default_rng(3).normal(size=(120, 400)))
coin = pd.Series(np.arange(120) % 2)
_, promise_of_noise = fit_final(noise, coin, coin.index.to_series(), 8, 0)
assert promise_of_noise < 0.7, (
    f"400 columns of pure noise are promised {promise_of_noise:.2f}, and chance is 0.50: "
    "the columns were chosen with the held-out rows in sight."
)
invented, labels = SMOTE(random_state=0).fit_resample(X, y)
leaky = cross_val_score(
    model[-1], invented, labels, cv=KFold(5, shuffle=True, random_state=0), scoring="average_precision"
)
print(f"Good. Promised: {promise:.2f}. With SMOTE before the split it would have been {leaky.mean():.2f}.")

# %% [markdown] id="tune-task"
# ## 3. A search within its budget (5 points)
#
# How many columns, how deep, how large a leaf? A cross-validation of one setting takes seconds here and an hour at
# work, so a search has a **budget**: so many settings and no more. Drawn at random from the grid, a few settings find
# a good one surprisingly often.
#
# `score` is a function that you are given: in real use it cross-validates on training accounts. (Never on the
# accounts that are kept for the last test. Who tunes on the test has no test.) Some settings fail and score `NaN`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The grid is a list of settings. Shuffle it by the seed and walk along it until the budget is spent. No setting comes
# twice that way. Write down each score once, then choose: NaN is no score.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `itertools.product(*space.values())` gives all combinations, `dict(zip(space, values))` a setting.
# `np.random.default_rng(seed).permutation(n)[:budget]` draws without repeats, and copes with a budget above n.
# `max(pairs, key=...)` keeps the first of equals; but `max` with NaN in it depends on the order, so take NaN out
# before.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# grid = [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]
# order = np.random.default_rng(seed).permutation(len(grid))[:budget]
# tried = [(score(grid[place]), grid[place]) for place in order]
# known = [... for value, setting in tried if not np.isnan(value)]
# if not known:
#     raise ValueError("...")
# return max(known, key=...)[1]
# ```
#
# </details>

# %% exercise="tune"


def tune(score: Callable[[dict], float], space: dict[str, list], budget: int, seed: int) -> dict:
    """The best of some settings, drawn at random from a grid.

    Args:
        score: takes a setting, a dict with one value for each name of `space`, and returns its score: higher is
            better, NaN means that the setting failed. It is expensive: it is called once for each setting that is
            tried, and never again.
        space: the values of each name, a list without repeats. It is not changed.
        budget: how many settings are tried, at least 1. Where the grid has fewer, all of them are tried.
        seed: decides which are drawn, and in which order: every setting of the grid is equally likely, none is drawn
            twice, and the same seed draws the same.

    Returns:
        The setting with the highest score of those that were tried; of equal ones the one that was tried first.

    Raises:
        ValueError: when every setting that was tried failed.
    """
    ### BEGIN SOLUTION
    grid = [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]
    order = np.random.default_rng(seed).permutation(len(grid))[:budget]
    tried = [(score(grid[place]), grid[place]) for place in order]
    known = [(value, setting) for value, setting in tried if not np.isnan(value)]
    if not known:
        raise ValueError(f"all {len(tried)} settings that were tried have failed")
    return max(known, key=lambda one: one[0])[1]
    ### END SOLUTION


# %% check="tune"
asked = []


def score_by_table(setting: dict) -> float:
    asked.append(setting)
    return float("nan") if setting["leaf"] == 9 else setting["k"] - setting["leaf"]


toy_space = {"k": [2, 4, 8], "leaf": [1, 3, 9]}
best = tune(score_by_table, toy_space, 100, 0)
assert len(asked) == 9, f"The grid has 9 settings, and score was called {len(asked)} times."
assert best == {"k": 8, "leaf": 1}, (
    f"The best of all nine is k=8, leaf=1. You found {best}. The highest score wins, NaN is none, none is drawn twice."
)
asked.clear()
tune(score_by_table, toy_space, 4, 1)
assert len(asked) == 4, f"The budget is 4, and score was called {len(asked)} times."
assert len({tuple(setting.items()) for setting in asked}) == 4, (
    "One setting was tried twice: that is budget for nothing."
)


def score_recipe(setting: dict) -> float:
    forest = RandomForestClassifier(30, min_samples_leaf=setting["leaf"], random_state=0)
    recipe = make_pipeline(SelectKBest(f_classif, k=setting["k"]), SMOTE(random_state=0), forest)
    return cv_score(recipe, X, y, accounts).mean()


print("Good. Of three settings this one was best:", tune(score_recipe, {"k": [4, 8, 31], "leaf": [1, 5, 25]}, 3, 0))

# %% [markdown] id="verdict-task"
# ## 4. What the learning curve says (4 points)
#
# The score is what it is. What next: more data, another model, or go live? A learning curve trains on growing parts
# of the rows and looks at both sides. Two mistakes are common. One looks at the training score alone. The other takes
# every rise for progress, even one that is smaller than what the folds disagree by.
#
# <details><summary>Hint 1: the idea</summary>
#
# Four numbers decide: where we are, how far training and held-out rows are apart, what the last rows brought, and how
# much the folds disagree. A gain that is smaller than the disagreement is no news.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `val[-1].mean()` is where we are: the last row is the last size, and its columns are the folds. The standard error is
# `val[-1].std(ddof=1) / np.sqrt(...)` over the number of folds. Then `if`, in the order of the docstring.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# level, before = val[-1].mean(), val[-2].mean()
# gap = train[-1].mean() - level
# noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
# if level >= target:
#     return "good enough"
# if gap > ...:
#     return "more data" if ... else "simpler model"
# return "richer model"
# ```
#
# </details>

# %% exercise="verdict"


def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    """What a learning curve says should be done next.

    Args:
        train: scores on the rows that were learned from, of shape (sizes, folds): one row for each number of training
            rows, growing; higher is better. At least two sizes and two folds.
        val: scores on held-out rows, of the same shape.
        target: the score that the business needs.
        allowed_gap: how far training may be above held-out rows.

    Returns:
        With four numbers: `level`, the mean of `val` over the folds at the last size; `gap`, the mean of `train` there
        minus the level; `gain`, the level minus the mean of `val` at the size before; `noise`, the standard error of
        `val` at the last size, which is its standard deviation over the folds (divided by folds minus one) over the
        root of the number of folds. The verdict is

        "good enough" when the level is at least the target; otherwise,
        "more data" when the gap is above the allowed one and the gain is above the noise;
        "simpler model" when the gap is above the allowed one and the gain is not above the noise;
        "richer model" when the gap is not above the allowed one: the model cannot learn even what it has seen.
    """
    ### BEGIN SOLUTION
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if level >= target:
        return "good enough"
    if gap > allowed_gap:
        return "more data" if level - before > noise else "simpler model"
    return "richer model"
    ### END SOLUTION


# %% check="verdict"
val = np.array([[0.20, 0.24], [0.30, 0.34], [0.40, 0.44]])
assert learning_curve_verdict(val + 0.5, val, 0.4, 0.1) == "good enough", "0.42 on held-out rows is above the target."
assert learning_curve_verdict(val + 0.5, val, 0.6, 0.1) == "more data", (
    "Far apart, and the last rows brought 0.10, much more than the noise of 0.02: more rows will help."
)
assert learning_curve_verdict(val[::-1] + 0.5, val[::-1], 0.6, 0.1) == "simpler model", (
    "Far apart, and the last rows brought nothing: the model learns its rows by heart."
)
assert learning_curve_verdict(val + 0.05, val, 0.6, 0.1) == "richer model", "Both sides are low and close together."
loud = np.array([[0.20, 0.60], [0.22, 0.64]])
assert learning_curve_verdict(loud + 0.4, loud, 0.9, 0.1) == "simpler model", (
    "The gain of 0.03 is far below the noise of 0.21: it may be chance."
)
print("Good. The verdicts are as they should be.")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A colleague is proud: *"I balanced the table with SMOTE, split it 80 to 20, and my forest has 97 % accuracy on the
# test rows. Average precision is 0.98. Your 0.2 is a joke. Let us ship mine."*
#
# Answer in five to eight sentences that she will not take amiss. Say what happened to her numbers, what will be seen
# when it goes live, and how the two of you should measure instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Would a test on fresh customers have told the leaky model from the honest one?</summary>
#
# No. Both score about the same there. It is the *promise* that differs: the leaky one reports 0.98 and delivers 0.2.
# So compare the promise with fresh rows, and not two models with each other.
#
# </details>
# <details><summary>Why is the best score of a search too good to be true?</summary>
#
# Of many noisy scores the highest is also the luckiest. Score the chosen setting once more, on accounts that the
# search has not seen.
#
# </details>
# <details><summary>Average precision is 0.2. Good or bad?</summary>
#
# Nobody can say without the share of churners. At 5 % it is four times chance. On a list of 60 calls that may pay.
#
# </details>
# <details><summary>Why is a scaler inside the folds, though it never looks at the label?</summary>
#
# It looks at rows. The score moves little, but the rule that needs no thinking is the one that is kept: what looks at
# rows goes into the folds.
#
# </details>
# <details><summary>The lines of one account end up in two folds. Which way does the score move?</summary>
#
# Up, where the account has something in common that the columns give away. The model recognises the family, and new
# families do not have that luck.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Tune inside the folds: for each fold of accounts, run `tune` on the other four, fit the winner on them, and score it
# on the fold. That is nested cross-validation, and its mean is a promise for "search and model" together. Compare it
# with the best score of a plain search. Then do both with `y` shuffled among the accounts, and see which of the two
# numbers still promises something.
