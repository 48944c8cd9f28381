"""Exercise `best`: experiments whose runs and numbers were put there, one by one."""

import math

# Puts runs into new experiments and says which run of the first the learner takes, for each question.
ASK = """
import mlflow as _mlflow

_store = _mlflow.MlflowClient()
_names = {}
for _experiment, _told in experiments.items():
    _place = _store.create_experiment(_experiment)
    for _label, _start, _status, _values in _told:
        _run = _store.create_run(_place, start_time=_start)
        for _metric, _value in _values:
            _store.log_metric(_run.info.run_id, _metric, _value)
        if _status == "DELETED":
            _store.set_terminated(_run.info.run_id)
            _store.delete_run(_run.info.run_id)
        elif _status != "RUNNING":
            _store.set_terminated(_run.info.run_id, _status)
        _names[_run.info.run_id] = _label

def _outcome(question):
    try:
        found = best_run(*question)
    except (LookupError, ValueError) as error:
        return "ValueError" if isinstance(error, ValueError) else "LookupError"
    return _names.get(found, "no run") if isinstance(found, str) else type(found).__name__

[_outcome(_question) for _question in questions]
"""


def run(label: str, value: float | None, *, start: int = 5_000, status: str = "FINISHED", metric: str = "auc") -> tuple:
    return label, start, status, [] if value is None else [(metric, value)]


def ask(notebook, questions: list[list[str]], **experiments: list[tuple]) -> list[str]:
    answer = notebook.run(ASK, experiments=experiments, questions=questions)
    assert isinstance(answer, list)
    assert len(answer) == len(questions)
    return answer


def test_only_finished_runs_count(notebook):
    runs = [
        run("failed", 0.99, status="FAILED"),
        run("killed", 0.98, status="KILLED"),
        run("running", 0.97, status="RUNNING"),
        run("good", 0.81, start=9_000),
        run("worse", 0.62),
    ]
    answer = ask(notebook, [["b1", "auc", "max"]], b1=runs, b1_other=[run("elsewhere", 0.95)])
    assert answer == ["good"]


def test_deleted_runs_do_not_count(notebook):
    runs = [run("worse", 0.5, start=1_000), run("deleted", 0.9, status="DELETED"), run("good", 0.7)]
    nothing = [run("deleted", 0.9, status="DELETED")]
    answer = ask(notebook, [["b2", "auc", "max"], ["b2_nothing", "auc", "max"]], b2=runs, b2_nothing=nothing)
    assert answer == ["good", "LookupError"]


def test_more_or_less_is_better(notebook):
    values = (9.5, 110.25, 12.0, 1e-05, 20.0)
    seconds = [run(f"{value}", value, start=1_000 + n, metric="seconds") for n, value in enumerate(values)]
    losses = [run(f"{value}", value, metric="negative_loss") for value in (-0.5, -10.0, -2.25)]
    zero = [run("minus", -1.0), run("zero", 0.0), run("plus", 1.0)]
    twice = [("corrected", 5_000, "FINISHED", [("auc", 0.9), ("auc", 0.3)]), run("steady", 0.6)]
    questions = [
        ["b3", "seconds", "max"],
        ["b3", "seconds", "min"],
        ["b3_loss", "negative_loss", "max"],
        ["b3_loss", "negative_loss", "min"],
        ["b3_zero", "auc", "max"],
        ["b3_zero", "auc", "min"],
        ["b3_twice", "auc", "max"],
        ["b3", "seconds", "largest"],
    ]
    answer = ask(notebook, questions, b3=seconds, b3_loss=losses, b3_zero=zero, b3_twice=twice)
    assert answer == ["110.25", "1e-05", "-0.5", "-10.0", "plus", "minus", "steady", "ValueError"]


def test_runs_without_a_number_are_passed_over(notebook):
    runs = [
        run("nan first", math.nan, start=1_000),
        run("other metric", 0.99, metric="precision"),
        run("low", 0.25, start=2_000),
        run("high", 0.75, start=3_000),
        run("none", None, start=500),
        run("nan last", math.nan, start=9_000),
    ]
    negative = [run("nan", math.nan), run("low", -4.0), run("high", -2.0)]
    nothing = [run("nan", math.nan), run("none", None)]
    questions = [
        ["b4", "auc", "max"],
        ["b4", "auc", "min"],
        ["b4_negative", "auc", "max"],
        ["b4_nothing", "auc", "max"],
        ["b4_nothing", "auc", "min"],
    ]
    answer = ask(notebook, questions, b4=runs, b4_negative=negative, b4_nothing=nothing)
    assert answer == ["high", "low", "high", "LookupError", "LookupError"]


def test_the_first_of_equals(notebook):
    runs = [run("third", 0.5, start=7_000), run("first", 0.5, start=3_000), run("second", 0.5, start=5_000)]
    around = [*runs, run("low", 0.25, start=1_000), run("high", 0.75, start=9_000)]
    questions = [["b5", "auc", "max"], ["b5", "auc", "min"], ["b5_around", "auc", "max"], ["b5_around", "auc", "min"]]
    assert ask(notebook, questions, b5=runs, b5_around=around) == ["first", "first", "high", "low"]
