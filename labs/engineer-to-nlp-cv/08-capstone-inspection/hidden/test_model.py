"""Exercise `model`: rows of every kind, answered by a network and a word list of the lab's."""

import base64
import math

import cv2
import numpy as np
import pandas as pd

from grader.inside.probes import numbers, table

WORDS = {"one": 1.0, "minus": -1.0, "crack": 2.25, "fine": -1.75, "little": 0.125, "half": 0.5, "صدع": 1.5}
SLOPE, SHIFT = 6.0, -3.0

# Opens a model on a network that multiplies a photo's mean brightness, and asks it.
OPEN = """
import inspect
import json
import shutil
import tempfile
import types
from pathlib import Path

import onnx
from onnx import TensorProto, helper

def _opened(words, slope, shift, *, channels=1, remove=False):
    folder = Path(tempfile.mkdtemp())
    values = [
        helper.make_tensor("slope", TensorProto.FLOAT, [], [slope]),
        helper.make_tensor("shift", TensorProto.FLOAT, [], [shift]),
    ]
    nodes = [
        helper.make_node("ReduceMean", ["crops"], ["mean"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("Mul", ["mean", "slope"], ["steep"]),
        helper.make_node("Add", ["steep", "shift"], ["answer"]),
    ]
    taken = helper.make_tensor_value_info("crops", TensorProto.FLOAT, ["n", channels, 32, 32])
    given = helper.make_tensor_value_info("answer", TensorProto.FLOAT, ["n"])
    graph = helper.make_graph(nodes, "lab", [taken], [given], values)
    net = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=9)
    onnx.save(net, folder / "net.onnx")
    (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    model = InspectionModel()
    artifacts = {"net": str(folder / "net.onnx"), "words": str(folder / "words.json")}
    model.load_context(context=types.SimpleNamespace(artifacts=artifacts))
    if remove:
        shutil.rmtree(folder)
    return model

def _predict(model, frame):
    if "context" in inspect.signature(model.predict).parameters:
        return model.predict(None, frame)
    return model.predict(frame)

"""
ONE = OPEN + "_predict(_opened(words, slope, shift), frame)"
SEVERAL = (
    OPEN
    + """
_model = _opened(words, slope, shift, remove=True)
[_predict(_model, frame) for frame in frames]
"""
)
OUTAGE = (
    OPEN
    + """
_outcomes = []
for _channels in (3, 1):
    try:
        _predict(_opened(words, slope, shift, channels=_channels), frame)
        _outcomes.append("an answer")
    except Exception:
        _outcomes.append("an error")
_outcomes
"""
)


def photo(seed: int, level: int) -> tuple[str, float]:
    """A photo as it is sent, and its mean brightness from 0 to 1."""
    pixels = np.clip(np.random.default_rng(seed).normal(level, 20, (32, 32)), 0, 255).astype("uint8")
    return base64.b64encode(cv2.imencode(".png", pixels)[1].tobytes()).decode(), float(pixels.mean() / 255)


def truth(rows: list[tuple[float | None, str]]) -> list[float]:
    """The score of each row, from its brightness and its note."""
    scores = []
    for brightness, note in rows:
        parts = [] if brightness is None else [SLOPE * brightness + SHIFT]
        if note.strip():
            parts.append(sum(WORDS.get(word, 0) for word in note.split()))
        scores.append(math.fsum(parts) if parts else math.nan)
    return scores


def decision(score: float) -> str:
    """By the two bounds."""
    if math.isnan(score) or -1 < score < 1:
        return "look"
    return "repair" if score > 0 else "release"


def columns(answer: object, rows: int) -> tuple[np.ndarray, list, list]:
    """Scores, decisions and problems, when the answer is a table with them."""
    found = table(answer, rows=rows, columns=("score", "decision", "problem"))
    return numbers(found["score"], rows), found["decision"].tolist(), found["problem"].tolist()


def ask(notebook, frame: pd.DataFrame) -> tuple[np.ndarray, list, list]:
    """What a model of the learner's class says of these rows."""
    return columns(notebook.run(ONE, words=WORDS, slope=SLOPE, shift=SHIFT, frame=frame), len(frame))


def make_rows() -> tuple[pd.DataFrame, list[tuple[float | None, str]]]:
    """Rows of every kind, and what they hold."""
    notes = ["crack", "fine fine", "little one", "", "half", "one", "minus", "nothing known", "صدع", "crack crack"]
    sent, held = [], []
    for place, note in enumerate(notes):
        text, brightness = photo(810 + place, 40 + 18 * place)
        for with_photo, given in ((True, note), (False, note), (True, "")):
            sent.append((text if with_photo else None, given or (None, math.nan, "  ", "")[place % 4]))
            held.append((brightness if with_photo else None, given))
    sent += [(None, missing) for missing in (None, math.nan, "  ", "")]
    held += [(None, "")] * 4
    return pd.DataFrame(sent, columns=["photo", "note"], dtype=object), held


def test_photo_and_note_add_up(notebook):
    frame, held = make_rows()
    frame.loc[frame["photo"].isna() & (frame.index % 4 == 0), "photo"] = math.nan
    frame.loc[frame["photo"].isna() & (frame.index % 4 == 1), "photo"] = ""
    expected = truth(held)
    scores, decisions, problems = ask(notebook, frame)
    assert np.allclose(scores, expected, atol=1e-4, equal_nan=True)
    assert decisions == [decision(score) for score in expected]
    assert problems == [""] * len(frame), "a problem where there is none"


def test_bad_photo_costs_its_own_row_only(notebook):
    frame, held = make_rows()
    before = ask(notebook, frame)
    spoilt = {0: frame["photo"][0][:24], 3: "not base64!", 12: base64.b64encode(b"no picture at all").decode()}
    spoilt |= {24: "!", 8: frame["photo"][8][:-8] + "....", 26: spoilt[12]}
    for place, text in spoilt.items():
        frame.loc[place, "photo"] = text
    after = ask(notebook, frame)
    assert after[2] == ["photo unreadable" if place in spoilt else "" for place in range(len(frame))]
    others = np.array([place not in spoilt for place in range(len(frame))])
    assert np.allclose(after[0][others], before[0][others], atol=1e-5, equal_nan=True)
    assert np.nanstd(after[0][others]) > 0.5, "all rows have the same score"
    assert [after[1][place] for place in np.flatnonzero(others)] == [
        before[1][place] for place in np.flatnonzero(others)
    ]
    for place in (0, 3, 12, 24):
        (score,) = truth([(None, held[place][1])])
        assert abs(after[0][place] - score) < 1e-6, f"not decided by its note: {held[place][1]}"
        assert after[1][place] == decision(score)
    assert [after[1][place] for place in (8, 26)] == ["look"] * 2


def test_outage_is_raised(notebook):
    frame, _ = make_rows()
    outcomes = notebook.run(OUTAGE, words=WORDS, slope=SLOPE, shift=SHIFT, frame=frame)
    assert outcomes == ["an error", "an answer"]


def test_row_alone_and_index(notebook):
    frame, _ = make_rows()
    frame = frame.iloc[np.random.default_rng(841).permutation(len(frame))]
    frame.index = [f"box {place % 7}" for place in range(len(frame))]
    frames = [frame, *(frame.iloc[[place]] for place in range(8)), frame.iloc[:0]]
    told = notebook.run(SEVERAL, words=WORDS, slope=SLOPE, shift=SHIFT, frames=frames)
    assert isinstance(told, list)
    assert len(told) == len(frames)
    together = columns(told[0], len(frame))[0]
    assert len(np.unique(together[np.isfinite(together)])) > 9, "all rows have the same score"
    for number, (asked, answer) in enumerate(zip(frames, told, strict=True)):
        scores = columns(answer, len(asked))[0]
        assert list(answer.index) == list(asked.index)
        if len(asked) == 1:
            assert np.allclose(scores, together[[number - 1]], atol=1e-5, equal_nan=True)
