"""Exercise `releases`: registries with failed, deleted and unmeasured runs, ties, and rollbacks."""

import math

# Makes a registered model, then plays steps; each step is done by a new Releases, as by another process.
PLAY = """
from mlflow import MlflowClient as _Client

_client = _Client()
_stored = {}

def _add(name, value, state):
    if "experiment" not in _stored:
        _stored["experiment"] = _client.create_experiment("experiment of the test " + name)
    run = _client.create_run(_stored["experiment"]).info.run_id
    if value is not None:
        _client.log_metric(run, "ap", value)
    _client.log_metric(run, "other", -value if value is not None else 9.0)
    if state != "RUNNING":
        _client.set_terminated(run, "FINISHED" if state == "DELETED" else state)
    _client.create_model_version(name, "runs:/" + run + "/model", run)
    if state == "DELETED":
        _client.delete_run(run)
    return run

def _alias(name):
    found = _client.get_registered_model(name).aliases.get("champion")
    return None if found is None else int(found)

def _play(name, steps):
    _client.create_registered_model(name)
    told, runs = [], []
    for what, *given in steps:
        try:
            answer = None
            if what == "add":
                runs.append(_add(name, *given))
            elif what == "delete":
                _client.delete_run(runs[given[0] - 1])
            elif what == "finish":
                _client.set_terminated(runs[given[0] - 1], "FINISHED")
            elif what == "promote":
                answer = Releases(_Client(), name).promote(*given)
            else:
                answer = Releases(_Client(), name).rollback()
        except ValueError:
            answer = "ValueError"
        told.append([answer, _alias(name)])
    return [one for one, (what, *_) in zip(told, steps) if what in ("promote", "rollback")]

[_play(name, steps) for name, steps in games]
"""
PROMOTE, BACK = ("promote", "ap"), ("rollback",)


def play(notebook, games: dict[str, list[tuple]]) -> list[list]:
    """For each game, for each promotion and rollback: the answer, and where the alias stands after it."""
    told = notebook.run(PLAY, games=list(games.items()))
    assert isinstance(told, list)
    return told


def add(*values: float) -> list[tuple]:
    return [("add", value, "FINISHED") for value in values]


def moved(*versions: int) -> list[list]:
    """Each step answered this version, and the alias stands there."""
    return [[version, version] for version in versions]


def test_best_candidate_wins(notebook):
    games = {
        "all sorts": [
            *add(0.21, 0.34),
            ("add", 0.93, "FAILED"),
            ("add", 0.95, "DELETED"),
            ("add", math.nan, "FINISHED"),
            ("add", None, "FINISHED"),
            ("add", 0.97, "RUNNING"),
            ("add", 0.99, "KILLED"),
            *add(0.08, 0.3),
            PROMOTE,
        ],
        "first unmeasured": [("add", math.nan, "FINISHED"), *add(-0.4, -0.2, -0.3), PROMOTE, *add(0.0), PROMOTE],
        "ten and more": [
            *add(0.1, 0.05, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1, 0.14, 0.2, 0.1),
            ("add", math.nan, "FINISHED"),
            PROMOTE,
        ],
    }
    assert play(notebook, games) == [moved(2), moved(3, 5), moved(10)]


def test_tie_moves_nothing(notebook):
    games = {
        "equals at first": [*add(0.2, 0.5, 0.5, 0.5), PROMOTE, *add(0.5), PROMOTE],
        "equal to a later champion": [("add", 0.5, "FAILED"), *add(0.4), PROMOTE, *add(0.3, 0.4), PROMOTE],
        "an equal from before": [*add(0.1), PROMOTE, ("add", 0.5, "RUNNING"), *add(0.5), PROMOTE, *add(0.5), PROMOTE],
        "an equal that ends later": [("add", 0.5, "RUNNING"), *add(0.5), PROMOTE, ("finish", 1), PROMOTE],
    }
    assert play(notebook, games) == [moved(2, 2), moved(2, 2), moved(1, 3, 3), moved(2, 2)]


def test_no_candidate_is_an_error(notebook):
    games = {
        "nothing": [PROMOTE],
        "nothing good": [("add", math.nan, "FINISHED"), ("add", 0.4, "FAILED"), PROMOTE, *add(0.1), PROMOTE],
        "another metric": [*add(0.3), ("promote", "loss"), ("promote", "other")],
        "champion without a run": [*add(0.3, 0.2), PROMOTE, ("delete", 1), PROMOTE, ("delete", 2), PROMOTE],
    }
    refused = ["ValueError", None]
    assert play(notebook, games) == [
        [refused],
        [refused, *moved(3)],
        [refused, *moved(1)],
        [*moved(1, 2), ["ValueError", 2]],
    ]


def test_rollback_steps_back(notebook):
    games = {
        "three champions": [
            *add(0.1), PROMOTE, *add(0.2), PROMOTE, PROMOTE, *add(0.15, 0.3), PROMOTE, BACK, BACK, BACK, BACK,
        ],
        "never promoted": [*add(0.1), BACK, PROMOTE, BACK],
    }  # fmt: skip
    first, second = play(notebook, games)
    assert first == [*moved(1, 2, 2, 4, 2, 1), ["ValueError", 1], ["ValueError", 1]]
    assert second == [["ValueError", None], *moved(1), ["ValueError", 1]]


def test_rolled_back_stays_back(notebook):
    games = {
        "again": [*add(0.1), PROMOTE, *add(0.5), PROMOTE, BACK, PROMOTE, *add(0.2), PROMOTE, *add(0.4), PROMOTE],
        "all but one": [*add(0.1), PROMOTE, *add(0.2), PROMOTE, BACK, PROMOTE, *add(0.15), PROMOTE, BACK, PROMOTE],
    }
    assert play(notebook, games) == [moved(1, 2, 1, 1, 3, 4), moved(1, 2, 1, 1, 3, 1, 1)]
