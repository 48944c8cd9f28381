# %% [markdown] id="objective"
# # Promote only what earns it
#
# *System administrator to MLOps engineer, lab 3. About 55 minutes. You need Python and the two labs before this one.*
#
# After this lab you can
#
# - log a model so that another machine can load it safely: with a signature, pinned requirements and a checksum;
# - pick the best of many runs, some of which failed, were deleted or measured nothing;
# - move the alias that production follows only when a model has earned it, and move it back, twice if need be.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# The model that warns of failing towers (lab 1) is trained anew each week. Five people and one cron job log runs to
# MLflow, and the night shift in Muscat has one question: *which model is live, and how do I get the one before it?*
#
# Think of it as packages. A **run** is a build: it has a log, a status and numbers. A **registered model** is a
# package with versions 1, 2, 3. An **alias** such as `champion` is the symbolic link that production follows:
# deploying is moving the link, and so is rolling back. Nothing is copied and nothing is built on the server.
#
# **Where the data comes from**
#
# | name | one row is | made how |
# |---|---|---|
# | `week` | one hour of one tower: three features of lab 1, and whether it failed soon (1) or not (0) | generated |
#
# The MLflow store is real: a database and a folder of artifacts, made afresh each time you run the setup cell. A
# company would run a server in front of the same database. Your code would not change.

# %% id="setup"
import hashlib
import json
import logging
import math
import os
import tempfile
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow
import numpy as np
import pandas as pd
import skops.io
from mlflow.models import infer_signature
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

for noisy in ("mlflow", "alembic"):
    logging.getLogger(noisy).setLevel(logging.ERROR)

STORE = Path(tempfile.mkdtemp(prefix="registry-"))
mlflow.set_tracking_uri(f"sqlite:///{STORE}/mlflow.db")
client = mlflow.MlflowClient()
for experiment in ("chillers", "towers"):
    mlflow.create_experiment(experiment, artifact_location=(STORE / experiment).as_uri())

COLUMNS = ["temp_max", "temp_rise", "drops_per_gb"]
REQUIREMENTS = ["scikit-learn==1.9.1", "skops==0.16.0"]
# Types that our security team has looked at, beyond those that skops trusts by itself.
TRUSTED = ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"]


def make_week(seed: int, rows: int = 400) -> pd.DataFrame:
    """A week of tower hours: a warm, warming cabinet that drops calls is likelier to fail."""
    rng = np.random.default_rng(seed)
    temp = rng.normal(45, 6, rows)
    rise = rng.normal(1, 4, rows)
    drops = rng.gamma(2, 0.3, rows)
    push = 0.2 * (temp - 48) + 0.35 * rise + 1.2 * (drops - 0.6) - 1
    fails = (rng.random(rows) < 1 / (1 + np.exp(-push))).astype(int)
    return pd.DataFrame({"temp_max": temp, "temp_rise": rise, "drops_per_gb": drops, "fails": fails})


def sha256_of(model_uri: str) -> str:
    """The checksum of the one file in a logged model that holds what was learned."""
    folder = mlflow.artifacts.download_artifacts(artifact_uri=model_uri)
    return hashlib.sha256((Path(folder) / "model.skops").read_bytes()).hexdigest()


week = make_week(1)
week.head(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run these cells and read what they show. They are about chillers of a hotel in Doha.
#
# **One: a run is more than a number.** Three runs: one went well, one crashed after it had logged a splendid score on
# its first batch, and one measured nothing because its test set was empty. Only the first is a candidate.

# %% id="example-runs"
for score, status in ((0.71, "FINISHED"), (0.98, "FAILED"), (math.nan, "FINISHED")):
    run = client.create_run(client.get_experiment_by_name("chillers").experiment_id)
    client.log_metric(run.info.run_id, "auc", score)
    client.set_terminated(run.info.run_id, status)

mlflow.search_runs(experiment_names=["chillers"])[["status", "metrics.auc"]]

# %% [markdown] id="example-alias"
# **Two: an alias is a link.** A version is registered from a logged model, and the alias points at it. Whoever
# loads `models:/chiller@champion` gets what the link points at *now*.

# %% id="example-link"
readings = pd.DataFrame({"kilowatt": [210.0, 240, 500, 520], "vibration": [0.1, 0.2, 0.9, 0.8]})
simple = LogisticRegression().fit(readings, [0, 0, 1, 1])
for _ in range(2):
    with mlflow.start_run(experiment_id=client.get_experiment_by_name("chillers").experiment_id):
        logged = mlflow.sklearn.log_model(
            simple,
            name="model",
            signature=infer_signature(readings, simple.predict(readings)),
            pip_requirements=REQUIREMENTS,
        )
    version = mlflow.register_model(logged.model_uri, "chiller").version
client.set_registered_model_alias("chiller", "champion", version)
{alias: int(found) for alias, found in client.get_registered_model("chiller").aliases.items()}

# %% [markdown] id="example-skops"
# **Three: a model file is a program.** Loading a pickle runs whatever code its maker put in. This MLflow therefore
# saves scikit-learn models in the skops format, and refuses types that nobody has vouched for. A function that you
# wrote is such a type:

# %% id="example-types"


def doubled(values: pd.DataFrame) -> pd.DataFrame:
    return values * 2


with_function = make_pipeline(FunctionTransformer(doubled), LogisticRegression()).fit(readings, [0, 0, 1, 1])
print("plain:        ", skops.io.get_untrusted_types(data=skops.io.dumps(simple)))
print("with function:", skops.io.get_untrusted_types(data=skops.io.dumps(with_function)))

# %% [markdown] id="example-lesson"
# Do not silence this by trusting whatever the file asks for: a file that names its own guards has none. Keep a list,
# as `TRUSTED` in the setup cell, and refuse the rest.
#
# The rules of this lab:
#
# 1. A model is logged with all that is needed to load it elsewhere and to see that nobody has changed it.
# 2. Only a run that finished, is not deleted and has a number is a candidate.
# 3. The alias moves only on a gain that was agreed beforehand, and every move can be undone.

# %% [markdown] id="log-task"
# ## 1. A build that others can load (5 points)
#
# Log a fitted model with its metrics. The **signature** says which columns go in, of which type: with it, MLflow turns
# a request with a missing column away instead of guessing. The **pinned requirements** say which versions can load it
# (without them MLflow finds out by loading the model once more, which takes seconds at each run). The **checksum**, as
# with any package, lets the one who loads see that it is what you built.
#
# <details><summary>Hint 1: the idea</summary>
#
# Refuse before you begin: look at the model's types first, so that a refused model leaves no run behind. Then one run
# holds everything. The checksum can only be taken when the model is written, so it goes into a tag at the end of the
# run.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `skops.io.get_untrusted_types(data=skops.io.dumps(model))` lists what needs trust.
# `mlflow.start_run(experiment_id=...)` as a context manager ends the run whatever happens.
# `mlflow.sklearn.log_model(..., skops_trusted_types=...)` takes the types you allow, and returns an object with
# `model_uri`, which is what `sha256_of` wants.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
# if not set(needed) <= set(...):
#     raise ValueError("...")
# experiment_id = client.get_experiment_by_name(experiment).experiment_id
# with mlflow.start_run(experiment_id=experiment_id) as run:
#     mlflow.log_metrics(metrics)
#     logged = mlflow.sklearn.log_model(
#         model,
#         name="model",
#         signature=infer_signature(X, ...),
#         pip_requirements=...,
#         skops_trusted_types=needed,
#     )
#     mlflow.set_tag("model_sha256", ...)
# return run.info.run_id
# ```
#
# </details>

# %% exercise="log"


def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    """The id of a new, finished run that holds a model and its metrics.

    Args:
        experiment: name of an experiment that exists.
        model: a fitted scikit-learn model or pipeline with `predict`.
        X: rows that the model was fitted on, all columns of floats.
        metrics: names and values.

    Returns:
        The id of a run of that experiment with the status FINISHED, the metrics, and the tag `model_sha256`: the
        `sha256_of` its model. The model is logged under the name "model", as scikit-learn model in the skops format,
        with a signature (columns of `X` in, predictions out) and exactly the requirements `REQUIREMENTS`.
        No run is active afterwards.

    Raises:
        ValueError: the model needs a type that neither skops nor `TRUSTED` trusts. Then no run is left behind.
    """
    ### BEGIN SOLUTION
    needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    if not set(needed) <= set(TRUSTED):
        raise ValueError(f"nobody has vouched for {sorted(set(needed) - set(TRUSTED))}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    with mlflow.start_run(experiment_id=experiment_id) as run:
        mlflow.log_metrics(metrics)
        logged = mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=REQUIREMENTS,
            skops_trusted_types=needed,
        )
        mlflow.set_tag("model_sha256", sha256_of(logged.model_uri))
    return run.info.run_id
    ### END SOLUTION


# %% check="log"
while mlflow.active_run():  # left open by an earlier try
    mlflow.end_run()
plain = make_pipeline(StandardScaler(), LogisticRegression()).fit(week[COLUMNS], week["fails"])
run_id = log_run("towers", plain, week[COLUMNS], {"auc": 0.75})
assert isinstance(run_id, str), "Return the run's id, a text."
logged_run = client.get_run(run_id)
assert logged_run.info.status == "FINISHED", "End the run: `with mlflow.start_run(...)` does it for you."
assert logged_run.info.experiment_id == client.get_experiment_by_name("towers").experiment_id, (
    "The run is in another experiment."
)
assert logged_run.data.metrics == {"auc": 0.75}, "Log the metrics that are given, and no others."
model_uri = f"models:/{logged_run.outputs.model_outputs[0].model_id}"
signature = mlflow.models.get_model_info(model_uri).signature
assert signature is not None, "The model has no signature: `infer_signature(X, model.predict(X))`."
assert signature.inputs.input_names() == COLUMNS, "The signature should name the columns of `X`."
pinned = Path(mlflow.artifacts.download_artifacts(artifact_uri=model_uri)) / "requirements.txt"
assert set(REQUIREMENTS) <= set(pinned.read_text().split()), "Pin the requirements: `pip_requirements=REQUIREMENTS`."
assert logged_run.data.tags.get("model_sha256") == sha256_of(model_uri), (
    "The tag `model_sha256` should be the `sha256_of` the model that was logged."
)
assert (mlflow.sklearn.load_model(model_uri).predict(week[COLUMNS]) == plain.predict(week[COLUMNS])).all(), (
    "The logged model answers otherwise than the one that was given: log all of it, its scaler too."
)
trees = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(week[COLUMNS], week["fails"])
log_run("towers", trees, week[COLUMNS], {"auc": 0.78})
before = len(mlflow.search_runs(experiment_names=["towers"]))
try:
    log_run("towers", with_function, readings, {"auc": 0.9})
except ValueError as refusal:
    print(f"refused, as it should be: {refusal}")
else:
    raise AssertionError("The function `doubled` is on no list: raise ValueError.")
assert len(mlflow.search_runs(experiment_names=["towers"])) == before, "A refused model should leave no run behind."

# %% [markdown] id="best-task"
# ## 2. The best of what there is (5 points)
#
# Pick the best run of an experiment. You have seen what lies around there. Two more things: for AUC more is better and
# for an error less is better, so the caller says which. And where two runs are equally good, take the one that was
# **first**: a newer model has to be better to be worth the change.
#
# <details><summary>Hint 1: the idea</summary>
#
# First make the list of candidates, then sort. Let MLflow do what it does well (leave out deleted runs, filter by
# status) and do the numbers yourself: a metric may be missing in a run, or be NaN, and NaN is neither more nor less
# than anything.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `client.search_runs([experiment_id], filter_string="attributes.status = 'FINISHED'")` returns runs; deleted ones are
# left out by default. `run.data.metrics` is a dict of floats, `run.info.start_time` a number that grows. Python's
# `max` and `min` take a `key`, and a key may be a tuple.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# if mode not in ("max", "min"):
#     raise ValueError("...")
# runs = client.search_runs([...], filter_string="attributes.status = 'FINISHED'")
# runs = [run for run in runs if not math.isnan(run.data.metrics.get(metric, ...))]
# if not runs:
#     raise LookupError("...")
# sign = -1 if mode == "max" else 1
# best = min(runs, key=lambda run: (sign * run.data.metrics[metric], ...))
# return best.info.run_id
# ```
#
# </details>

# %% exercise="best"


def best_run(experiment: str, metric: str, mode: str) -> str:
    """The id of the best run of an experiment.

    Args:
        experiment: name of an experiment that exists, with at most 1000 runs.
        metric: name of a metric.
        mode: "max" when more is better, "min" when less is better.

    Returns:
        The id of the run with the best last value of the metric, among runs that have the status FINISHED, are not
        deleted, and have the metric with a value other than NaN. Of equally good runs, the one that started first.

    Raises:
        ValueError: `mode` is something else.
        LookupError: there is no such run.
    """
    ### BEGIN SOLUTION
    if mode not in ("max", "min"):
        raise ValueError(f"mode is max or min, not {mode}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    runs = client.search_runs([experiment_id], filter_string="attributes.status = 'FINISHED'")
    runs = [run for run in runs if not math.isnan(run.data.metrics.get(metric, math.nan))]
    if not runs:
        raise LookupError(f"no finished run of {experiment} has a {metric}")
    sign = -1 if mode == "max" else 1
    best = min(runs, key=lambda run: (sign * run.data.metrics[metric], run.info.start_time))
    return best.info.run_id
    ### END SOLUTION


# %% check="best"
assert client.get_run(best_run("chillers", "auc", "max")).data.metrics == {"auc": 0.71}, (
    "The run with 0.98 failed and the one with NaN measured nothing: 0.71 is the best candidate."
)
# A new name each time, so that this cell can be run again.
latency = f"latency-{len(client.search_experiments())}"
mlflow.create_experiment(latency, artifact_location=(STORE / latency).as_uri())
started = {}
for start, milliseconds in ((3000, 9.5), (1000, 110.0), (2000, 9.5), (4000, 12.0)):
    run = client.create_run(client.get_experiment_by_name(latency).experiment_id, start_time=start)
    client.log_metric(run.info.run_id, "milliseconds", milliseconds)
    client.set_terminated(run.info.run_id)
    started[run.info.run_id] = start
assert started[best_run(latency, "milliseconds", "min")] == 2000, (
    "9.5 is the lowest, and two runs have it: take the one that started first, at 2000."
)
assert started[best_run(latency, "milliseconds", "max")] == 1000, "110 is more than 12, also when 12 comes as text."
try:
    best_run(latency, "auc", "max")
except LookupError:
    pass
else:
    raise AssertionError("No run has the metric `auc` here: raise LookupError.")
print(f"best of the towers: {client.get_run(best_run('towers', 'auc', 'max')).data.metrics}")

# %% [markdown] id="promote-task"
# ## 3. Moving the link, and moving it back (6 points)
#
# Two functions. `promote` moves the alias `champion` to a challenger, but only when the challenger is better by the
# gain that was agreed. A weekly model that is better by a hair is chance, and each change in production has a price.
# (The cell begins with a helper for it, `metric_of`, which is yours to write as well.)
#
# `rollback` moves it back to the champion before. It is used at three in the morning, and perhaps twice: the version
# before may be bad as well. So *the version number minus one* will not do: most versions were never champions. Keep
# a record of former champions where the next person will find it: in the registry, as a tag of the registered
# model. Variables of your notebook do not outlive your laptop.
#
# <details><summary>Hint 1: the idea</summary>
#
# Former champions are a stack, like `pushd` and `popd`. A promotion pushes the old champion and moves the alias. A
# rollback pops, and does not push: else two rollbacks would only go to and fro. A refused promotion touches nothing.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `client.get_registered_model(name)` has `.aliases` and `.tags`, both dicts; a tag is text, so keep the list as JSON.
# `client.get_model_version(name, version).run_id` leads to the run and its metrics. `client.set_registered_model_tag`
# and `client.set_registered_model_alias` write. A comparison with NaN is always false: put it so that false means
# "no".
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# def metric_of(name, version, metric):
#     run_id = client.get_model_version(name, version).run_id
#     return client.get_run(run_id).data.metrics.get(metric, math.nan)
#
# registered = client.get_registered_model(name)
# former = json.loads(registered.tags.get("former_champions", "[]"))
# champion, value = registered.aliases.get("champion"), metric_of(name, challenger, metric)
# if champion is None and math.isnan(value):
#     return False
# if champion is not None:
#     gain = value - metric_of(...)
#     if not (gain > 0 and gain >= min_gain):
#         return False
#     former.append(int(champion))
# client.set_registered_model_tag(name, "former_champions", json.dumps(former))
# client.set_registered_model_alias(...)
# return True
# ```
#
# </details>

# %% exercise="promote"


def metric_of(name: str, version: int, metric: str) -> float:
    """The metric of the run that a version comes from, NaN where it has none."""
    ### BEGIN SOLUTION
    run_id = client.get_model_version(name, version).run_id
    return client.get_run(run_id).data.metrics.get(metric, math.nan)
    ### END SOLUTION


def promote(name: str, challenger: int, metric: str, min_gain: float) -> bool:
    """Make a version the champion when it has earned it; whether it did.

    Args:
        name: a registered model.
        challenger: one of its versions.
        metric: name of the metric that decides, of the runs that the versions come from; more is better.
        min_gain: by how much the challenger must be better, at least 0.

    Returns:
        True when the alias `champion` was moved to the challenger. With a champion in place, that is when the
        challenger's metric is greater than the champion's and greater by at least `min_gain`; a metric that is missing
        or NaN, of either, is no gain. Without a champion, it is when the challenger's metric is there and not NaN.
        Else False, and nothing has changed. No other alias is ever touched.
    """
    ### BEGIN SOLUTION
    registered = client.get_registered_model(name)
    former = json.loads(registered.tags.get("former_champions", "[]"))
    champion, value = registered.aliases.get("champion"), metric_of(name, challenger, metric)
    if champion is None and math.isnan(value):
        return False
    if champion is not None:
        gain = value - metric_of(name, champion, metric)
        if not (gain > 0 and gain >= min_gain):
            return False
        former.append(int(champion))
    client.set_registered_model_tag(name, "former_champions", json.dumps(former))
    client.set_registered_model_alias(name, "champion", challenger)
    return True
    ### END SOLUTION


def rollback(name: str) -> int:
    """Make the champion before the present one the champion again; its version.

    Undoes the last promotion that is not undone yet, so that a second call undoes the one before it. Works in a fresh
    process too: what it needs is kept in the registry.

    Raises:
        LookupError: there is nothing left to undo; the alias stays where it is.
    """
    ### BEGIN SOLUTION
    former = json.loads(client.get_registered_model(name).tags.get("former_champions", "[]"))
    if not former:
        raise LookupError(f"{name} has no champion before this one")
    version = former.pop()
    client.set_registered_model_tag(name, "former_champions", json.dumps(former))
    client.set_registered_model_alias(name, "champion", version)
    return version
    ### END SOLUTION


# %% check="promote"
# A new name each time, so that this cell can be run again.
tower = f"tower-{len(client.search_registered_models())}"
client.create_registered_model(tower)
for value in (0.5, 0.75, 0.75, math.nan, 0.8125, 0.875):
    run = client.create_run(client.get_experiment_by_name("towers").experiment_id)
    client.log_metric(run.info.run_id, "recall", value)
    client.set_terminated(run.info.run_id, "FINISHED")
    client.create_model_version(tower, model_uri, run.info.run_id)


def champion_of(name: str) -> int:
    return int(client.get_registered_model(name).aliases.get("champion", 0))


assert promote(tower, 1, "recall", 0.0625) is True, "There is no champion yet: the first version becomes it."
assert promote(tower, 2, "recall", 0.0625) is True, "From 0.5 to 0.75 is more than was asked."
assert champion_of(tower) == 2, "promote returned True, but the alias does not point at version 2."
assert promote(tower, 3, "recall", 0) is False, "0.75 against 0.75 is a tie: the champion stays."
assert promote(tower, 4, "recall", 0) is False, "NaN is no gain."
assert promote(tower, 5, "recall", 0.125) is False, "From 0.75 to 0.8125 is less than the 0.125 that was asked."
assert champion_of(tower) == 2, "A refused challenger must not move the alias."
assert promote(tower, 6, "recall", 0.125) is True, "From 0.75 to 0.875 is exactly what was asked."
assert int(rollback(tower)) == 2, "The champion before version 6 was version 2, not version 5."
assert champion_of(tower) == 2, "rollback returned 2, but the alias does not point there."
assert int(rollback(tower)) == 1, "Rolled back twice, the champion is version 1 again."
try:
    rollback(tower)
except LookupError:
    print("Version 1 was the first champion: nothing is left to undo.")
else:
    raise AssertionError("There is no champion before version 1: raise LookupError.")

# %% [markdown] id="score-task"
# ## 4. Trust, then score (4 points)
#
# The last step is the one that production calls: score rows with the champion. Two gates stand before it.
#
# The **file**: the checksum was noted when the model was logged. If the file that is about to be loaded has another,
# somebody has changed it since, and a model that somebody changed is not a model but an incident. The **rows**: they
# come from JSON, so a number may be `40` or `40.0`, a key may be missing in one row of a hundred, and a broken sensor
# may send the text `"n/a"`. A tree model swallows a missing value and answers all the same. Refuse instead.
#
# <details><summary>Hint 1: the idea</summary>
#
# Find out which version the alias points at *once*, and take both from it: the run that has the checksum, and the
# file. Compare before you load. Then let the model's own signature tell you the columns, and make a table of exactly
# these.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `client.get_model_version_by_alias(name, "champion")` has `.version` and `.run_id`; `models:/NAME/VERSION` is a model
# URI. `mlflow.pyfunc.load_model(uri)` has `.metadata.get_input_schema().input_names()`.
# `pd.DataFrame(rows).reindex(columns=...)` brings in what is missing as NaN, and `.astype(float)` raises ValueError for
# text that is no number.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# version = client.get_model_version_by_alias(name, "champion")
# uri = f"models:/{name}/{version.version}"
# if client.get_run(version.run_id).data.tags.get(...) != sha256_of(uri):
#     raise ValueError("...")
# model = mlflow.pyfunc.load_model(uri)
# if not rows:
#     return []
# columns = model.metadata.get_input_schema().input_names()
# frame = pd.DataFrame(rows).reindex(columns=columns).astype(float)
# if frame.isna()...:
#     raise ValueError("...")
# return model.predict(frame).tolist()
# ```
#
# </details>

# %% exercise="score"


def score(name: str, rows: list[dict]) -> list:
    """The champion's predictions for some rows.

    Args:
        name: a registered model with a champion. The run of each version has the tag `model_sha256`, if it was logged
            as it should be; the signature has columns of floats.
        rows: dicts from column to number, whole or not, in any order of keys, perhaps with other keys; perhaps no row.

    Returns:
        One plain number for each row, in order: what the champion predicts.

    Raises:
        ValueError: the `sha256_of` the champion is not the one in its run's tag, or there is no tag (also when there
            are no rows); or a row lacks a column of the signature, has None or NaN in it, or text that is no number.
    """
    ### BEGIN SOLUTION
    version = client.get_model_version_by_alias(name, "champion")
    uri = f"models:/{name}/{version.version}"
    if client.get_run(version.run_id).data.tags.get("model_sha256") != sha256_of(uri):
        raise ValueError(f"version {version.version} of {name} is not what was logged")
    model = mlflow.pyfunc.load_model(uri)
    if not rows:
        return []
    columns = model.metadata.get_input_schema().input_names()
    frame = pd.DataFrame(rows).reindex(columns=columns).astype(float)
    if frame.isna().any(axis=None):
        raise ValueError(f"each row needs {columns}")
    return model.predict(frame).tolist()
    ### END SOLUTION


# %% check="score"
if not client.search_registered_models("name = 'warner'"):
    client.create_registered_model("warner")
version = client.create_model_version("warner", model_uri, run_id).version
client.set_registered_model_alias("warner", "champion", version)
two = [{"temp_max": 61, "temp_rise": 9.5, "drops_per_gb": 2}, {"drops_per_gb": 0.1, "temp_max": 35.5, "temp_rise": 0}]
answer = score("warner", two)
assert isinstance(answer, list), "Return a list: `.tolist()` makes one of an array."
assert answer == [1, 0], f"A hot tower that heats up should fail and a cool one should not, but you found {answer}."
assert score("warner", []) == [], "No rows, no predictions."


def is_refused(rows: list[dict]) -> bool:
    try:
        score("warner", rows)
    except ValueError:
        return True
    return False


assert is_refused([two[0], {"temp_max": 40.0, "temp_rise": 1.0}]), "The second row lacks `drops_per_gb`: ValueError."
assert is_refused([two[0] | {"temp_max": "n/a"}]), "`n/a` is no temperature: ValueError."
file = Path(mlflow.artifacts.download_artifacts(artifact_uri=model_uri)) / "model.skops"
untouched = file.read_bytes()
try:
    file.write_bytes(untouched + b" ")
    assert is_refused(two), "We added one byte to the model's file, and you loaded it: compare the checksum."
finally:
    file.write_bytes(untouched)
assert score("warner", two) == [1, 0], "The file is as it was, and should be loaded again."
print("The champion answers, and refuses what it should.")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A colleague's deployment script reads: *take the newest run of the experiment, load its pickle with
# `trust everything` switched on, copy it over the file on the server*. It has worked for a year.
#
# Answer in five to eight sentences that a colleague in operations follows. Say what can go wrong with "the newest run",
# what a pickle from a shared folder can do on your server, how somebody on the night shift would get back to
# last week's model, and what you would do instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Why is a refused tie good for the night shift?</summary>
#
# Every change in production can break something that no metric shows: a slower model, another library. A change
# without a gain has only the price.
#
# </details>
# <details><summary>The metric comes from the test set of each run. When is comparing two of them unfair?</summary>
#
# When the runs were measured on different weeks. A challenger that was tested on a quiet week looks better than a
# champion that was tested in a heat wave. Score both on the same rows before you promote.
#
# </details>
# <details><summary>Why is the checksum of no use against somebody who can write to the database as well?</summary>
#
# They change the file and the tag. A checksum beside the file finds accidents and clumsy hands; against the others
# the checksum needs a signature with a key that they do not have, or a place that they cannot write to.
#
# </details>
# <details><summary>What would the server do with a missing column if the model had no signature?</summary>
#
# It hands the table to the model as it is. Some models raise, some take the columns by position, and a tree model may
# answer. With a signature the request is turned away before the model sees it.
#
# </details>
# <details><summary>Why does rollback not train the old model again?</summary>
#
# Because it could come out differently: data, libraries and seeds move on. The old version is still there, byte for
# byte, and a link is moved in a second.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Serve the champion over HTTP. In a terminal, with the tracking URI of your store in `MLFLOW_TRACKING_URI`
# (`mlflow.get_tracking_uri()` tells it):
# `mlflow models serve -m models:/warner@champion --env-manager local -p 5055`. It takes ten seconds or more. Post
# `{"dataframe_split": {"columns": [...], "data": [[...]]}}` to `/invocations`, once with all columns and once with one
# missing, and look at the status codes. Then move the alias, and post again. What does the running server answer, and
# what does that mean for your rollback at three in the morning?
