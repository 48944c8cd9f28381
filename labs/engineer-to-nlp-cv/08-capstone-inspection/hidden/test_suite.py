"""Exercise `suite`: models that behave, and models with one fault each."""

from grader.inside.probes import table

PHOTO = "the lab's photo"
NAMES = ["hole", "nothing", "spelling", "neighbours", "rust"]

# A model of words whose faults are chosen by name; with a photo, most faults show only where it is the given one.
MODELS = """
import math
import pandas as pd

_WORDS = {"hole": 3.0, "clean": -1.5, "dry": -0.25, "rust": 1.0, "old": 0.25, "door": 0.0}

def _model(faults):
    def predict(rows):
        if "raises" in faults:
            raise RuntimeError("out of order")
        scores, problems = [], []
        for photo, note in zip(rows["photo"], rows["note"], strict=True):
            has_photo, has_note = photo == lab_photo, isinstance(note, str) and bool(note.strip())
            if photo == "broken" and "raises on a bad photo" in faults:
                raise ValueError("photo unreadable")
            problems.append("photo unreadable" if isinstance(photo, str) and not has_photo else "")
            words = dict(_WORDS)
            if "rust is good" in faults and has_photo:
                words["rust"] = -0.5
            if "rust is nothing" in faults and has_photo:
                words["rust"] = 0.0
            if "deaf" in faults:
                words = {}
            score = 0.5 if has_photo else 0.0
            if has_note:
                plain = note if "case" in faults and has_photo else note.lower()
                score += sum(words.get(word.strip(",.!"), 0.0) for word in plain.split())
                score += 0.001 * (len(note) - len(note.strip())) * ("spaces" in faults and has_photo)
                score += 1e-9 * (note != note.lower()) * ("hair" in faults)
            if not (has_photo or has_note) and "zero for nothing" not in faults:
                score = math.nan
            scores.append(math.nan if "nan" in faults else score)
        if "looks around" in faults and len(rows) > 1:
            known = [score for score in scores if not math.isnan(score)]
            scores = [score - 0.01 * max(known, default=0) for score in scores]
        if "shifts" in faults and "broken" in list(rows["photo"]):
            scores = scores[1:] + scores[:1]
        repair = 9 if "never repairs" in faults else 1
        release = -9 if "never releases" in faults else -1
        decisions = ["repair" if one >= repair else "release" if one <= release else "look" for one in scores]
        if "releases nothing known" in faults:
            decisions = ["release" if math.isnan(score) else one for one, score in zip(decisions, scores, strict=True)]
        return pd.DataFrame({"score": scores, "decision": decisions, "problem": problems}, index=rows.index)
    return predict

[behaviour_suite(_model(faults), lab_photo) for faults in all_faults]
"""


def ask(notebook, *all_faults: str) -> list[list[bool]]:
    """For each model what passed, when the reports have the right form."""
    told = notebook.run(MODELS, all_faults=[[fault] for fault in all_faults], lab_photo=PHOTO)
    assert isinstance(told, list)
    assert len(told) == len(all_faults)
    passed = []
    for report in told:
        found = table(report, rows=5, columns=("kind", "name", "passed"))
        assert found["kind"].tolist() == ["MFT", "MFT", "INV", "INV", "DIR"]
        assert found["name"].tolist() == NAMES
        assert found["passed"].dtype == bool, f"passed is {found['passed'].dtype}"
        passed.append(found["passed"].tolist())
    return passed


def all_but(*names: str) -> list[bool]:
    """True for each check but these."""
    return [name not in names for name in NAMES]


def test_good_model_passes(notebook):
    assert ask(notebook, "none", "hair") == [all_but(), all_but()]


def test_each_fault_fails_its_check(notebook):
    faults = {
        "never repairs": "hole",
        "never releases": "hole",
        "zero for nothing": "nothing",
        "releases nothing known": "nothing",
        "case": "spelling",
        "spaces": "spelling",
        "shifts": "neighbours",
        "rust is good": "rust",
        "rust is nothing": "rust",
    }
    passed = ask(notebook, *faults)
    for fault, one in zip(faults, passed, strict=True):
        assert one == all_but(faults[fault]), f"{fault}: {one}"
    # Scores that depend on the batch as a whole show among neighbours; what else they upset is left open.
    assert ask(notebook, "looks around")[0][NAMES.index("neighbours")] is False


def test_what_raises_has_failed(notebook):
    assert ask(notebook, "raises", "raises on a bad photo", "nan", "deaf") == [
        [False] * 5,
        all_but("neighbours"),
        [False, True, False, False, False],
        all_but("hole", "rust"),
    ]
