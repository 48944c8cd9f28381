"""Exercise `promote`: registries with versions of known metrics, and where the alias stands after each step."""

import math

# Registers models whose versions have these metrics, then takes the steps; after each, its outcome and the champion.
ASK = """
import mlflow as _mlflow

_store = _mlflow.MlflowClient()
for _name, _values in models.items():
    _place = _store.create_experiment(_name)
    _store.create_registered_model(_name)
    for _value in _values:
        _run = _store.create_run(_place)
        if _value is not None:
            _store.log_metric(_run.info.run_id, "recall", _value)
        _store.log_metric(_run.info.run_id, "other", 1.0)
        _store.set_terminated(_run.info.run_id)
        _store.create_model_version(_name, "file:///nowhere", _run.info.run_id)
    for _alias, _version in aliases.items():
        _store.set_registered_model_alias(_name, _alias, _version)

def _step(name, *arguments):
    try:
        outcome = promote(name, arguments[0], "recall", arguments[1]) if arguments else int(rollback(name))
    except LookupError:
        outcome = "LookupError"
    return outcome, {alias: int(version) for alias, version in _store.get_registered_model(name).aliases.items()}

[_step(*_one) for _one in steps]
"""


def ask(notebook, models: dict[str, list], steps: list[list], aliases: dict[str, int] | None = None) -> list[tuple]:
    """For each step what it returned or raised, and the aliases after it."""
    answer = notebook.run(ASK, models=models, steps=steps, aliases=aliases or {})
    assert isinstance(answer, list)
    assert len(answer) == len(steps)
    return [tuple(pair) for pair in answer]


def test_alias_moves_only_on_the_gain(notebook):
    # Versions 1, 2, 3 ... of a model, all of them fractions that a computer holds exactly.
    values = [0.5, 0.5, 0.25, 0.5625, 0.625, math.nan, None, 0.75, 0.765625]
    steps = [
        [name, version, gain]
        for name, version, gain in (
            ("p1", 1, 0.125),
            ("p1", 2, 0.0),  # a tie
            ("p1", 3, 0.0),  # worse
            ("p1", 4, 0.125),  # better, but not by enough
            ("p1", 6, 0.0),  # NaN
            ("p1", 7, 0.0),  # no metric
            ("p1", 1, 0.0),  # the champion itself
            ("p1", 5, 0.125),  # exactly enough
            ("p1", 4, 0.0),  # worse than the champion, better than the first
            ("p1", 8, 0.0625),  # more than enough
            ("p1", 9, 0.0),  # any gain will do
        )
    ]
    moved = ask(notebook, {"p1": values}, steps)
    outcomes = [True, False, False, False, False, False, False, True, False, True, True]
    champions = [1, 1, 1, 1, 1, 1, 1, 5, 5, 8, 9]
    assert moved == [(outcome, {"champion": champion}) for outcome, champion in zip(outcomes, champions, strict=True)]


def test_first_champion_needs_a_number(notebook):
    steps = [["p2", 1, 0.0], ["p2", 2, 0.0], ["p2", 3, 0.5], ["p2_negative", 1, 0.25]]
    moved = ask(notebook, {"p2": [math.nan, None, 0.125], "p2_negative": [-2.0]}, steps)
    assert moved == [(False, {}), (False, {}), (True, {"champion": 3}), (True, {"champion": 1})]


def test_rollback_twice(notebook):
    values = [0.125, 0.25, 0.1875, 0.5, 0.375, 0.75, 0.875]
    steps = [
        ["p3", 1, 0.0],
        ["p3", 2, 0.0625],
        ["p3", 3, 0.0],  # refused: it must leave no trace
        ["p3", 4, 0.0625],
        ["p3", 6, 0.0625],
        ["p3"],
        ["p3"],
        ["p3", 5, 0.0625],  # promoted after two rollbacks
        ["p3"],
        ["p3"],
        ["p3"],  # nothing left
        ["p3", 7, 0.0],
        ["p3"],
    ]
    moved = ask(notebook, {"p3": values}, steps)
    outcomes = [True, True, False, True, True, 4, 2, True, 2, 1, "LookupError", True, 1]
    champions = [1, 2, 2, 4, 6, 4, 2, 5, 2, 1, 1, 7, 1]
    assert moved == [(outcome, {"champion": champion}) for outcome, champion in zip(outcomes, champions, strict=True)]


def test_other_models_and_aliases_stay(notebook):
    steps = [
        ["p4_north", 2, 0.0],
        ["p4_south", 1, 0.0],
        ["p4_north", 3, 0.0],
        ["p4_south", 3, 0.0],
        ["p4_north"],
        ["p4_south"],
    ]
    shadow = {"shadow": 1, "archive": 2}
    moved = ask(notebook, {"p4_north": [0.25, 0.5, 0.75], "p4_south": [0.25, 0.5, 0.75]}, steps, shadow)
    outcomes, champions = [True, True, True, True, 2, 1], [2, 1, 3, 3, 2, 1]
    assert moved == [
        (outcome, shadow | {"champion": champion}) for outcome, champion in zip(outcomes, champions, strict=True)
    ]
