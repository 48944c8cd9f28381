"""Exercise `trust`: which types are found, which are allowed, and what is said of the others."""

# Models are made beside the learner's function; each answer is a list of types, or what the ValueError said.
ASK = """
import numpy as _np
from sklearn.base import BaseEstimator as _Base, TransformerMixin as _Mixin
from sklearn.ensemble import HistGradientBoostingClassifier as _Trees
from sklearn.linear_model import LogisticRegression as _Linear
from sklearn.pipeline import make_pipeline as _make
from sklearn.preprocessing import StandardScaler as _Scaler

class AuditedStep(_Mixin, _Base):
    def fit(self, X, y=None):
        self.fitted_ = True
        return self
    def transform(self, X):
        return X

class Audited(AuditedStep):
    pass

class Backdoor(AuditedStep):
    pass

_X = _np.random.default_rng(301).normal(size=(60, 2))
_y = (_X[:, 0] > 0).astype(int)
_steps = {
    "scaler": _Scaler(), "linear": _Linear(), "trees": _Trees(max_iter=2), "step": AuditedStep(), "audited": Audited(),
    "backdoor": Backdoor(),
}

def _outcome(names, allow):
    model = _make(*[_steps[name] for name in names]).fit(_X, _y)
    try:
        return trusted_types(model, allow)
    except ValueError as error:
        return "ValueError: " + str(error)

[_outcome(names, allow) for names, allow in questions]
"""
TREES = "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"
STEP, AUDITED, BACKDOOR = (f"__main__.{name}" for name in ("AuditedStep", "Audited", "Backdoor"))


def ask(notebook, questions: list[tuple[list[str], list[str]]]) -> list:
    told = notebook.run(ASK, questions=questions)
    assert isinstance(told, list)
    assert len(told) == len(questions)
    return told


def test_needed_types_are_returned(notebook):
    told = ask(
        notebook,
        [
            (["scaler", "trees"], [TREES]),
            (["step", "backdoor", "trees"], [BACKDOOR, TREES, STEP]),
            (["step", "audited", "step", "linear"], [STEP, AUDITED]),
        ],
    )
    assert told == [[TREES], sorted([BACKDOOR, STEP, TREES]), sorted([STEP, AUDITED])]


def test_no_more_than_needed(notebook):
    wide = [STEP, TREES, AUDITED, "os.system"]
    told = ask(notebook, [(["scaler", "trees"], wide), (["scaler", "linear"], wide), (["linear"], [])])
    assert told == [[TREES], [], []]


def test_strangers_are_refused_by_name(notebook):
    told = ask(
        notebook,
        [
            (["trees"], []),
            (["step", "trees"], [TREES]),
            (["audited", "backdoor", "trees"], [TREES, STEP]),
            (["audited", "linear"], [STEP, TREES]),
            (["step", "linear"], [AUDITED, "__main__", "AuditedStep", "__main__.AuditedStepOfOld"]),
            (["step", "linear"], [STEP]),
        ],
    )
    strangers = [[TREES], [STEP], [AUDITED, BACKDOOR], [AUDITED], [STEP]]
    for outcome, names in zip(told[:-1], strangers, strict=True):
        assert isinstance(outcome, str), f"let in as {outcome}"
        assert outcome.startswith("ValueError: ")
        assert all(name in outcome for name in names), f"strangers are not named: {outcome}"
    assert told[-1] == [STEP]
