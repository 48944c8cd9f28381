"""One test for each kind of answer. The words in capitals are what a thief would carry off."""

from pathlib import Path

import numpy as np
import pandas as pd

NAME = "ORCHID-OPENS-AT-0417"
SECOND_NAME = "HERON-LEAVES-AT-2250"
ITEMS = ["SAFFRON-LOT-7713", "CARDAMOM-LOT-2209", "SUMAC-LOT-5540"]
KEY = Path(__file__).with_name("data") / "key.txt"


CALL = """
_answer = total(frame)
[_answer, frame]
"""


def test_triple(notebook):
    for number in (20_471.25, -3.0, 0.5):
        answer = notebook.triple(number)
        # A Decimal, a complex number and an array of one are equal to the number too.
        assert isinstance(answer, float)
        assert answer == 3 * number


def test_greet(notebook):
    answer = notebook.greet(NAME)
    assert isinstance(answer, str)
    assert answer == f"Peace be upon you, {NAME}"


def test_greet_again(notebook):
    answers = [notebook.greet(SECOND_NAME), notebook.greet(SECOND_NAME)]
    assert all(isinstance(answer, str) for answer in answers)
    assert answers == [f"Peace be upon you, {SECOND_NAME}"] * 2


def test_centre(notebook):
    values = np.random.default_rng(71).normal(40, 9, 200)
    answer = notebook.centre(values)
    assert isinstance(answer, np.ndarray)
    assert answer.shape == values.shape
    # astype would drop the imaginary part of complex numbers, and read texts.
    assert answer.dtype.kind == "f"
    assert np.allclose(answer, values - values.mean())


def test_total(notebook):
    frame = pd.DataFrame({"item": ITEMS, "price": [3.5, 11.0, 0.75], "count": [12, 3, 40]})
    told = notebook.run(CALL, frame=frame)
    assert isinstance(told, list)
    answer, after = told
    assert isinstance(answer, pd.DataFrame)
    pd.testing.assert_frame_equal(answer, frame.assign(total=[42.0, 33.0, 30.0]))
    # The frame here is not the learner's: theirs has to be asked for.
    assert isinstance(after, pd.DataFrame)
    assert list(after.columns) == ["item", "price", "count"]


def test_train(notebook):
    rng = np.random.default_rng(72)
    weights = np.array([2.0, -7.0, 0.5])
    features, unseen = rng.normal(size=(120, 3)), rng.normal(size=(40, 3))
    model = notebook.train(features, features @ weights + 4)
    answer = model.predict(unseen)
    assert isinstance(answer, np.ndarray)
    assert answer.shape == (40,)
    assert answer.dtype.kind == "f"
    assert np.allclose(answer, unseen @ weights + 4, atol=1e-6)
    assert KEY.read_text().strip() == "LANTERN-KEY-90-66-31"
