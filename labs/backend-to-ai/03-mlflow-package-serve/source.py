# %% [markdown] id="objective"
# # A churn model that ships as one safe package
#
# *Backend developer to AI developer, lab 3. About 55 minutes. You need lab 1, HTTP, and what a registry is for.*
#
# After this lab you can
#
# - pack preprocessing and model into one MLflow package that a **fresh process** can serve, and that answers a bad
#   request with 400;
# - load a model without giving its file the right to run code, and refuse a package that was tampered with;
# - promote a version when it is better, and take it back when it was not.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# The churn model of labs 1 and 2 goes live. Each night a job trains a candidate and puts it into the company's MLflow
# registry. The scoring service loads whatever the alias `champion` points at. The store of packages is a bucket that
# three teams and two contractors can write to.
#
# You know this shape: build, registry, deploy, roll back. What is new is the artifact. A container image is
# scanned and signed. A model file is a file that somebody sent, and the usual kind, a pickle, **is a program**.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/customers.csv` | one customer, cleaned as in lab 1, and whether they left (`churned`) | generated |
#
# A customer has months with us, a monthly bill (OMR), complaints and a plan; a few values are not known. In the
# generated data young contracts leave and complaints push. The registry that you work with is a real MLflow one, on
# SQLite, in the folder of this notebook.

# %% id="setup"
import hashlib
import json
import logging
import math
import os
import pickle
import warnings
from pathlib import Path

os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

# The first time this takes some ten seconds. A warning about IProgress, in red, does no harm.
import mlflow
import numpy as np
import pandas as pd
import skops
import skops.io
import sklearn
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

logging.getLogger("mlflow").setLevel(logging.ERROR)
logging.getLogger("alembic").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="mlflow")
mlflow.set_tracking_uri("sqlite:///mlflow.db")
client = MlflowClient()

NUMBERS = ["tenure_months", "monthly_bill_omr", "complaints"]
customers = pd.read_csv(Path("data") / "customers.csv")
raw = customers.drop(columns="churned")


def digest_of(folder: str | Path) -> str:
    """The fingerprint of a folder: SHA-256 over the names, sizes and contents of all files in it."""
    seal = hashlib.sha256()
    for file in sorted(Path(folder).rglob("*")):
        if file.is_file():
            name = file.relative_to(folder).as_posix()
            seal.update(f"{name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return seal.hexdigest()


numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
plans = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
steps = ColumnTransformer([("numbers", numbers, NUMBERS), ("plan", plans, ["plan"])])
pipeline = make_pipeline(steps, HistGradientBoostingClassifier(max_iter=20, random_state=0))
pipeline.fit(raw, customers["churned"])
raw.tail(3)

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Run these cells and read what they show. They are about a bakery chain in Amman that forecasts its loaves.
#
# **One: a pickle is a program.** Its author decides what is called when it is read. Here it is `print`. It could have
# been anything that your service may do.

# %% id="example-pickle"


class Loaf:
    def __reduce__(self):
        return (print, ("this ran while the file was being read",))


what_came_out = pickle.loads(pickle.dumps(Loaf()))
print("and the 'model' is", what_came_out)

# %% [markdown] id="example-formats"
# **Two: a file that names its types.** skops writes the parameters of an object and the *name* of its type. Common
# types of scikit-learn and NumPy it trusts. Others it reports, and refuses to load until you name them.

# %% id="example-skops"
loaves = pd.DataFrame({"day": np.arange(28.0)})
sold = 200 + 40 * (loaves["day"] % 7 > 4)
forecast = make_pipeline(StandardScaler(), LinearRegression()).fit(loaves, sold)


class HouseRules(LinearRegression):
    """Our own step: skops has never heard of it."""


for model in (forecast, HouseRules().fit(loaves, sold)):
    written = skops.io.dumps(model)
    print(type(model).__name__, "needs", skops.io.get_untrusted_types(data=written) or "nothing more")
try:
    skops.io.loads(written)
except Exception as error:
    print(type(error).__name__)

# %% [markdown] id="example-registry-text"
# **Three: runs, versions, aliases.** A run has a status and metrics; a run can be deleted, and then it is only marked.
# A version of a registered model points to its run. An alias is a movable name for one version: services ask for
# `models:/loaves@champion` and need not know which that is.

# %% id="example-registry"
# Names of their own each time, so that this cell can be run again.
loaves_model = f"loaves-{pd.Timestamp.now():%d-%H%M%S-%f}"
bakery = client.create_experiment(f"bakery-{loaves_model}")
client.create_registered_model(loaves_model)
for error, status in ((14.0, "FINISHED"), (9.5, "FAILED")):
    run = client.create_run(bakery)
    client.log_metric(run.info.run_id, "mae", error)
    client.set_terminated(run.info.run_id, status)
    client.create_model_version(loaves_model, f"runs:/{run.info.run_id}/model", run.info.run_id)
client.set_registered_model_alias(loaves_model, "champion", 1)
client.set_registered_model_tag(loaves_model, "note", json.dumps(["a tag holds text", "so lists go in as JSON"]))
for version in client.search_model_versions(f"name='{loaves_model}'"):
    run = client.get_run(version.run_id)
    print("version", version.version, run.info.status, run.info.lifecycle_stage, run.data.metrics)
print(client.get_registered_model(loaves_model).aliases, client.get_registered_model(loaves_model).tags)

# %% [markdown] id="trust-task"
# ## 1. Who is on the list (4 points)
#
# Some types skops does not trust by itself, among them two that your own model needs. The easy way out is to hand
# back everything that it reports: then the check is gone. Instead there is a list of types that somebody has looked
# at. A model that needs anything else is not packed.
#
# <details><summary>Hint 1: the idea</summary>
#
# skops can say what a file would need before anything of it is loaded. Ask it, then compare with the list that people
# have looked at. A type that nobody looked at is a reason to stop, not to add it to the list.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `skops.io.dumps(model)` gives the file as bytes, and `skops.io.get_untrusted_types(data=...)` the names that skops
# does not trust by itself. `set(found) - set(allow)` are the strangers. Compare whole names: "in" on a text would let
# `steps.Audit` pass for `steps.AuditLog`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# found = skops.io.get_untrusted_types(data=skops.io.dumps(model))
# strangers = sorted(set(found) - set(allow))
# if strangers:
#     raise ValueError(f"... {', '.join(strangers)}")
# return sorted(set(...))
# ```
#
# </details>

# %% exercise="trust"


def trusted_types(model: object, allow: list[str]) -> list[str]:
    """The types that loading this model takes beyond those that skops trusts by itself, when all are allowed.

    Args:
        model: a fitted scikit-learn object.
        allow: full names of types that somebody has looked at, in any order.

    Returns:
        Sorted names, each once, of the types in `model` that skops does not trust by itself. All of them are in
        `allow`. Types that the model does not need are not returned.

    Raises:
        ValueError: when a type that skops does not trust is not in `allow`, letter for letter; the message has the
            names of all such types.
    """
    ### BEGIN SOLUTION
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(found - set(allow))
    if strangers:
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return sorted(found)
    ### END SOLUTION


# %% check="trust"
ALLOWED = ["numpy.dtype", "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"]
answer = trusted_types(pipeline, [*ALLOWED, "sklearn.tree._tree.Tree"])
assert answer == ALLOWED, (
    f"The pipeline needs the encoder's dtype and the trees, and nothing else. You returned {answer}."
)
assert trusted_types(forecast, ALLOWED) == [], "A scaler and a linear model need no type that skops does not know."
try:
    trusted_types(make_pipeline(HouseRules()).fit(loaves, sold), ALLOWED)
except ValueError as error:
    assert "HouseRules" in str(error), "Name the types that are not on the list."
    print("Good. Refused:", error)
else:
    raise AssertionError("HouseRules is not on the list. Raise ValueError; do not hand back whatever skops reports.")

# %% [markdown] id="package-task"
# ## 2. One package, from raw row to chance (5 points)
#
# Write `package`: it logs the fitted pipeline as an MLflow model. The hidden tests start a real server from it,
# `mlflow models serve`, and send it requests. Four things decide whether that works:
#
# - the **whole** pipeline goes in: the server gets raw rows;
# - the **signature** is the contract of the package: a request that does not fit is answered with 400 and the name of
#   the column, before the model sees it. Without it the model has to trip over the value, if it does;
# - a plain integer column of pandas has no "not known", so a signature made from one refuses a gap: number columns must
#   be floats there;
# - services want a **probability**. By default the package's `predict` gives labels.
#
# Pin the requirements yourself. Left alone, MLflow loads the model once more in another process to find out, which
# takes its time.
#
# <details><summary>Hint 1: the idea</summary>
#
# The server will be another process on another machine. It knows nothing of your notebook: what the package does not
# hold is not there. And it believes the signature, so the signature must say what a request may look like: numbers
# that may be missing are floats.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `mlflow.sklearn.log_model(...)` inside `with mlflow.start_run():` writes the package and returns an object with a
# `model_uri`. Look up its arguments `signature`, `pip_requirements`, `skops_trusted_types` and `pyfunc_predict_fn`.
# `infer_signature(inputs, outputs)` reads types from examples: turn number columns into floats first.
# `sklearn.__version__` and `skops.__version__` are what to pin.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# numbers = rows.select_dtypes("number").columns
# example = rows.astype(dict.fromkeys(numbers, float))
# with mlflow.start_run():
#     logged = mlflow.sklearn.log_model(
#         pipeline,
#         name="churn",
#         signature=infer_signature(example, pipeline.predict_proba(example)),
#         pip_requirements=[f"scikit-learn=={sklearn.__version__}", ...],
#         skops_trusted_types=...,
#         pyfunc_predict_fn="...",
#     )
# return logged.model_uri
# ```
#
# </details>

# %% exercise="package"


def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    """Log a fitted pipeline as an MLflow model, ready to be served.

    Args:
        pipeline: takes raw rows and has `predict_proba`; fitted.
        rows: a few raw rows without gaps, with all columns that a request has. Number columns may be of whole numbers
            here, and in a request they may be whole or not, or not known.
        trusted: the types beyond skops' own that loading the pipeline takes, as `trusted_types` returns them.

    Returns:
        The URI of the model, as MLflow gives it. The package is in the format of skops and holds no pickle. Its
        requirements are scikit-learn and skops, each pinned with == to the installed version (MLflow adds itself).
        Its signature has the columns of `rows`: numbers as doubles, texts as strings. Served, it answers with
        `predict_proba`: for each row the probabilities of both classes.
    """
    ### BEGIN SOLUTION
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
    ### END SOLUTION


# %% check="package"
complete = raw.dropna().head(5)
uri = package(pipeline, complete, ALLOWED)
assert isinstance(uri, str), "Return the URI, which is the `model_uri` of what log_model returns."
folder = Path(mlflow.artifacts.download_artifacts(uri))
assert (folder / "model.skops").is_file(), (
    f"There is no model.skops in the package: {sorted(file.name for file in folder.iterdir())}"
)
served = mlflow.pyfunc.load_model(uri)
assert served.metadata.signature is not None, "The package has no signature, so the server cannot tell good from bad."
kinds = {column.name: str(column.type) for column in served.metadata.get_input_schema()}
assert kinds == dict.fromkeys(NUMBERS, "DataType.double") | {"plan": "DataType.string"}, (
    f"The signature should have the raw columns, numbers as doubles. It has {kinds}."
)
answer = np.asarray(served.predict(complete))
assert answer.shape == (5, 2), (
    "The package should answer with the probabilities of both classes: see pyfunc_predict_fn."
)
assert np.allclose(answer, pipeline.predict_proba(complete)), "The package should score raw rows as the pipeline does."
try:
    served.predict(complete.assign(complaints="many"))
except Exception as error:
    print("Good. A text where a number should be is refused:", type(error).__name__)
else:
    raise AssertionError("A text in a number column was let in.")

# %% [markdown] id="package-try"
# Try it for real, in two terminals in this folder. The first serves the package (put the value of `folder` for FOLDER)
# until you press Ctrl+C; the second asks it:
#
# ```sh
# mlflow models serve -m FOLDER --env-manager local -p 5055
# curl localhost:5055/invocations -H 'Content-Type: application/json' -d '{"dataframe_split": {"columns":
#   ["tenure_months", "monthly_bill_omr", "complaints", "plan"], "data": [[3, 9.5, null, "prepaid"]]}}'
# ```

# %% [markdown] id="load-task"
# ## 3. A package that may have been tampered with (5 points)
#
# Open the file `MLmodel` of your package: it lists the trusted types. MLflow loads with *that* list. Whoever can write
# to the bucket can put a new type into the model and onto the list in one go.
#
# So the service keeps two things where the bucket's writers cannot reach: the fingerprint of the package, noted when
# it was released, and its own list of types. Write the loader that goes by them. The order matters: a check after
# loading comes too late.
#
# <details><summary>Hint 1: the idea</summary>
#
# Whoever can change the model's file can change the list of trusted types beside it. So neither counts: what counts is
# the fingerprint that was noted when the package was released, and your own list. Check both before anything is
# loaded.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `digest_of(folder)` is in the setup cell. `skops.io.get_untrusted_types(file=...)` reads a file's types without
# loading it, and `skops.io.load(file, trusted=[...])` loads with these types allowed. The file is `model.skops` in the
# package; where there is none, somebody wants you to unpickle something.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# file = Path(folder) / "model.skops"
# if digest_of(folder) != digest:
#     raise ValueError("...")
# if not file.is_file():
#     raise ValueError("...")
# found = skops.io.get_untrusted_types(file=file)
# if set(found) - set(allow):
#     raise ValueError("...")
# return skops.io.load(file, trusted=found)
# ```
#
# </details>

# %% exercise="load"


def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    """The model of a package, when it is the one that was released and needs nothing that is not allowed.

    Args:
        folder: the package's folder, with its model in `model.skops`.
        digest: what `digest_of` gave for the package when it was released.
        allow: full names of the types beyond skops' own that may be loaded. What the package says of that in its
            other files does not count.

    Returns:
        The fitted model.

    Raises:
        ValueError: when the folder's fingerprint is not `digest`; when it has no `model.skops`; when the model needs
            a type that is neither trusted by skops itself nor in `allow`. No file of the package is loaded or
            unpickled before all that is known.
    """
    ### BEGIN SOLUTION
    file = Path(folder) / "model.skops"
    if digest_of(folder) != digest:
        raise ValueError("this is not the package that was released")
    if not file.is_file():
        raise ValueError("the package has no model.skops")
    found = skops.io.get_untrusted_types(file=file)
    if set(found) - set(allow):
        raise ValueError(f"types that are not allowed: {sorted(set(found) - set(allow))}")
    return skops.io.load(file, trusted=found)
    ### END SOLUTION


# %% check="load"
assert "uri" in globals(), (
    "There is no package yet: run the check of exercise 2 until it passes. This one loads its package."
)
released = Path("released")
mlflow.artifacts.download_artifacts(uri, dst_path=str(released))
digest = digest_of(released)
answer = load_checked(str(released), digest, ALLOWED).predict_proba(complete)
assert np.allclose(answer, pipeline.predict_proba(complete)), "The loaded model predicts something else."
for what, arguments in {
    "another fingerprint": (str(released), "0" * 64, ALLOWED),
    "a type that is not allowed": (str(released), digest, ALLOWED[:1]),
}.items():
    try:
        load_checked(*arguments)
    except ValueError as error:
        print(f"Good. Refused for {what}: {error}")
    else:
        raise AssertionError(f"The package was loaded in spite of {what}.")
(released / "requirements.txt").write_text("scikit-learn\nsome-package-nobody-knows\n")
try:
    load_checked(str(released), digest, ALLOWED)
except ValueError as error:
    print("Good. Refused for other requirements:", error)
else:
    raise AssertionError("Somebody changed the requirements of the package, and it was loaded.")

# %% [markdown] id="releases-task"
# ## 4. Promote, and take back (6 points)
#
# Every night a new version arrives. Write the class that moves the alias `champion`.
#
# A registry in real life is untidy. Runs fail half-way and have logged their best metric by then. Runs are deleted
# because somebody found a leak. A metric is `NaN` because a fold had no churner. Version 10 sorts before version 9
# where numbers are texts. And the night after you rolled a version back, the job finds it again, with the best metric
# of all.
#
# What a rollback must know has to be in the registry, for it will be another process, in the middle of the night.
#
# <details><summary>Hint 1: the idea</summary>
#
# Collect the candidates first, as a dict from version number to value; all the bad cases are cases that do not get in.
# Then choose with one key that has the tie in it. What a rollback must know has to survive your process, so write it
# to the registry.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `client.search_model_versions(f"name='{name}'")` gives versions with `version` and `run_id`, `client.get_run(run_id)`
# a run with `info.status`, `info.lifecycle_stage` and `data.metrics`. `client.get_registered_model(name)` has
# `aliases` and `tags`, both dicts of texts. `set_registered_model_alias`, `set_registered_model_tag` and
# `set_model_version_tag` write. A list fits into a tag as JSON.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# values = {}
# for version in self.client.search_model_versions(f"name='{self.name}'"):
#     run = self.client.get_run(version.run_id)
#     value = run.data.metrics.get(metric, math.nan)
#     ok = run.info.status == "FINISHED" and run.info.lifecycle_stage == "active"
#     if ok and not math.isnan(value) and ...:
#         values[int(version.version)] = value
# best = max(values, key=lambda number: (values[number], number == champion, -number))
# ```
#
# </details>

# %% exercise="releases"


class Releases:
    """The champion of one registered model. `Releases(client, name)` takes an MlflowClient and the model's name.

    promote(metric) -> int: point the alias "champion" at the best candidate; the number of the version that it is on
    afterwards. A candidate is a version whose run has the status FINISHED, is not deleted, and has a value other than
    NaN for `metric` (text), and which was never rolled back. The best has the highest value; among equals it is the
    champion, if that is one of them, otherwise the lowest version number. A champion that is no candidate any more
    gives way to the best candidate. Raises ValueError when there is no candidate, and the alias stays as it is.

    rollback() -> int: point the alias at the version on which it was before the last promotion that moved it and is
    not yet rolled back; the number of that version. The version that is left is never a candidate again. Raises
    ValueError when the alias was on no version before, and it stays as it is.

    All that is remembered is kept in the registry (how, is up to you): objects made later, by other processes too, go
    on where these ended. The alias is moved by this class only.
    """

    ### BEGIN SOLUTION
    def __init__(self, client: MlflowClient, name: str) -> None:
        self.client, self.name = client, name

    def promote(self, metric: str) -> int:
        values = {}
        for version in self.client.search_model_versions(f"name='{self.name}'"):
            run = self.client.get_run(version.run_id)
            value = run.data.metrics.get(metric, math.nan)
            is_good = run.info.status == "FINISHED" and run.info.lifecycle_stage == "active"
            if is_good and not math.isnan(value) and "rolled_back" not in version.tags:
                values[int(version.version)] = value
        if not values:
            raise ValueError(f"{self.name} has no version that could be promoted")
        champions = self.champions()
        best = max(values, key=lambda number: (values[number], number in champions[-1:], -number))
        if best not in champions[-1:]:
            self.move([*champions, best])
        return best

    def rollback(self) -> int:
        *before, left = self.champions() or [None]
        if not before:
            raise ValueError(f"{self.name} has no champion to go back to")
        self.client.set_model_version_tag(self.name, left, "rolled_back", "yes")
        self.move(before)
        return before[-1]

    def champions(self) -> list[int]:
        """The versions that the alias was on and was not rolled back from, the present one last."""
        return json.loads(self.client.get_registered_model(self.name).tags.get("champions", "[]"))

    def move(self, champions: list[int]) -> None:
        self.client.set_registered_model_tag(self.name, "champions", json.dumps(champions))
        self.client.set_registered_model_alias(self.name, "champion", champions[-1])

    ### END SOLUTION


# %% check="releases"
assert "Releases" in globals(), "There is no Releases yet: write the class in the cell above, then run that cell."
METRIC = "average_precision"
# A model of its own each time, so that this cell can be run again.
CHURN = f"churn-{pd.Timestamp.now():%d-%H%M%S-%f}"
nightly = client.create_experiment(f"nightly-{CHURN}")
client.create_registered_model(CHURN)


def add_version(value: float, status: str = "FINISHED") -> None:
    run_id = client.create_run(nightly).info.run_id
    client.log_metric(run_id, METRIC, value)
    client.set_terminated(run_id, status)
    client.create_model_version(CHURN, f"runs:/{run_id}/model", run_id)


def champion() -> int:
    return int(client.get_registered_model(CHURN).aliases["champion"])


for value, status in ((0.19, "FINISHED"), (0.22, "FINISHED"), (0.97, "FAILED"), (math.nan, "FINISHED")):
    add_version(value, status)
promoted = Releases(client, CHURN).promote(METRIC)
assert promoted == 2, f"Version 3 failed and version 4 has no value: return the number 2, not {promoted!r}."
assert champion() == 2, "The alias `champion` should be on version 2 now."
add_version(0.22)
assert Releases(client, CHURN).promote(METRIC) == 2, "Version 5 is as good as the champion, not better."
add_version(0.31)
assert Releases(client, CHURN).promote(METRIC) == 6, "Version 6 is better."
# Each line makes an object of its own, as each night is another process: what it must know is in the registry.
assert Releases(client, CHURN).rollback() == 2, "Before version 6 the alias was on version 2."
assert champion() == 2, "After the rollback the alias should be on version 2."
assert Releases(client, CHURN).promote(METRIC) == 2, "Version 6 was rolled back: it must not come again."
try:
    Releases(client, CHURN).rollback()
except ValueError as error:
    print("Good. The champion is version 2, and further back there is nothing:", error)
else:
    raise AssertionError("There is nothing to go back to: raise ValueError.")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A colleague writes: *"skops is a nuisance, it complains about my transformer. I set `serialization_format` to
# cloudpickle, now it loads everywhere. It is our own bucket after all."*
#
# Answer him in five to eight sentences that your manager can follow too. Say what loading a pickle means, what skops
# does instead, why "our own bucket" is no answer and what must lie outside it, and what he should do with his
# transformer: what it costs, and what the company gains. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Model in the package, preprocessing in the service's code: what can go wrong?</summary>
#
# They are released apart, so some day they do not fit. Nothing crashes: a column more or another order gives other
# numbers, and every score is a little wrong.
#
# </details>
# <details><summary>A class of your notebook is a step. Why does the package load here and not there?</summary>
#
# The file holds the name of the class, not its code. Here the name is known. In a fresh process it is not. Put the
# class into a module that the server installs.
#
# </details>
# <details><summary>Why does the service answer 400 and not 500 to a text in a number column?</summary>
#
# Because the signature says what a good request is. 400 tells the client to mend the request; 500 wakes you up.
#
# </details>
# <details><summary>Why does a tie not move the alias?</summary>
#
# A release has a risk and costs attention. For no gain it is not worth it. And two equal versions would take turns,
# night after night.
#
# </details>
# <details><summary>The fingerprint is right and the types are allowed. Is the model good?</summary>
#
# It is the one that was released, and it runs no code of strangers. Whether it was trained on poisoned rows, neither
# check can say.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Write `call(url, rows)`: it takes requests as dicts (those of lab 1), sends them to a served package as one
# `dataframe_split`, and returns the probabilities of churn in the order of the rows. Turn NaN into `null`, raise
# `ValueError` with the server's words on 400, try again once on a status above 499, and give up after two seconds.
# Then stop the server in the middle of a batch and see what your client says.
