"""Exercise `registry`: registries of versions in all states, and what the aliases do."""

# Each version is told as (metric or None, state); a state is a run's status, or "DELETED".
REGISTER = """
import mlflow

_client = mlflow.MlflowClient()

def _add(name, versions):
    experiment = mlflow.set_experiment("lab").experiment_id
    for right, state in versions:
        run = _client.create_run(experiment).info.run_id
        if right is not None:
            _client.log_metric(run, "right", right)
        _client.log_metric(run, "loss", 0.125)
        if state != "RUNNING":
            _client.set_terminated(run, "FINISHED" if state == "DELETED" else state)
        if state == "DELETED":
            _client.delete_run(run)
        _client.create_model_version(name, f"runs:/{run}/model", run)

def _aliases(name):
    return {alias: int(number) for alias, number in _client.get_registered_model(name).aliases.items()}

def _marked(name):
    versions = _client.search_model_versions(f"name='{name}'")
    return sorted((int(one.version), one.tags["rolled_back"]) for one in versions if "rolled_back" in one.tags)

def _outcome(function, name):
    try:
        return function(name)
    except LookupError:
        return "LookupError"

"""
STEPS = (
    REGISTER
    + """
_client.create_registered_model(name)
_seen = []
for _step, _given in steps:
    if _step == "add":
        _add(name, _given)
    elif _step == "alias":
        _client.set_registered_model_alias(name, _given[0], str(_given[1]))
    elif _step == "delete run":
        _client.delete_run(_client.get_model_version(name, str(_given)).run_id)
    elif _step == "promote":
        _seen.append((_outcome(promote_best, name), _aliases(name), _marked(name)))
    else:
        _seen.append((_outcome(rollback, name), _aliases(name), _marked(name)))
_seen
"""
)
DONE = "FINISHED"


def ask(notebook, name: str, steps: list) -> list:
    """What each promotion and each rollback of a history said and left: answer, aliases, marked versions."""
    seen = notebook.run(STEPS, name=name, steps=steps)
    assert isinstance(seen, list)
    for answer, *_ in seen:
        assert answer == "LookupError" or type(answer) is int, f"not a version's number: {answer!r}"
    return [tuple(one) for one in seen]


def test_only_whole_runs_count(notebook):
    nan = float("nan")
    none = [(nan, DONE), (0.9, "FAILED"), (0.95, "RUNNING"), (0.97, "DELETED"), (None, DONE), (0.91, "KILLED")]
    seen = ask(notebook, "lab-whole", [
        ("promote", None), ("add", none), ("promote", None),
        ("add", [(0.2, DONE), (nan, DONE), (0.3, DONE), (0.96, "DELETED"), (0.99, "FAILED"), (0.25, DONE)]),
        ("promote", None),
    ])  # fmt: skip
    assert seen == [("LookupError", {}, []), ("LookupError", {}, []), (9, {"champion": 9}, [])]

    # A champion whose run is deleted does not count any more, though its metric was the best.
    seen = ask(notebook, "lab-gone", [
        ("add", [(0.4, DONE), (0.8, DONE), (0.5, DONE)]), ("promote", None), ("delete run", 2), ("promote", None),
        ("delete run", 1), ("delete run", 3), ("promote", None),
    ])  # fmt: skip
    left = {"champion": 3, "previous": 2}
    assert seen == [(2, {"champion": 2}, []), (3, left, []), ("LookupError", left, [])]


def test_ties_and_the_champion(notebook):
    many = [(0.5, DONE)] * 8 + [(0.7, DONE)] * 3
    seen = ask(notebook, "lab-ties", [
        ("add", many), ("promote", None), ("add", [(0.7, DONE), (0.6, DONE)]), ("promote", None),
        ("add", [(0.7001, DONE)]), ("promote", None), ("promote", None),
    ])  # fmt: skip
    after = {"champion": 14, "previous": 9}
    assert seen == [(9, {"champion": 9}, []), (9, {"champion": 9}, []), (14, after, []), (14, after, [])]
    # A later version that ties with a champion which was chosen by hand stays behind it, and so does an earlier one.
    seen = ask(notebook, "lab-hand", [
        ("add", [(-0.5, DONE), (-0.25, DONE), (-0.25, DONE)]), ("alias", ("champion", 3)), ("promote", None),
    ])  # fmt: skip
    assert seen == [(3, {"champion": 3}, [])]


def test_rollback(notebook):
    seen = ask(notebook, "lab-back", [
        ("rollback", None), ("add", [(0.5, DONE)] + [(0.1, DONE)] * 9), ("promote", None), ("rollback", None),
        ("add", [(0.6, DONE)]), ("promote", None), ("rollback", None), ("rollback", None),
    ])  # fmt: skip
    one = {"champion": 1}
    assert seen == [
        ("LookupError", {}, []), (1, one, []), ("LookupError", one, []),
        (11, {"champion": 11, "previous": 1}, []), (1, one, [(11, "true")]), ("LookupError", one, [(11, "true")]),
    ]  # fmt: skip
    # Other aliases are nobody's business, and what is previous is not looked for among the numbers.
    seen = ask(notebook, "lab-other", [
        ("add", [(0.1, DONE)] * 5), ("alias", ("champion", 4)), ("alias", ("previous", 2)), ("alias", ("trial", 5)),
        ("rollback", None),
    ])  # fmt: skip
    assert seen == [(2, {"champion": 2, "trial": 5}, [(4, "true")])]


def test_rolled_back_never_returns(notebook):
    seen = ask(notebook, "lab-never", [
        ("add", [(0.5, DONE), (0.6, DONE)]), ("alias", ("champion", 2)), ("alias", ("previous", 1)),
        ("rollback", None), ("promote", None), ("add", [(0.55, DONE)]), ("promote", None),
    ])  # fmt: skip
    assert [(answer, aliases["champion"]) for answer, aliases, _ in seen] == [(1, 1), (1, 1), (3, 3)]
