"""Exercise `encode`: what a row's encoding may depend on, and what it is."""

import numpy as np
import pandas as pd

from grader.inside.probes import check_same, check_unmoved, numbers

ROWS = 240


def make(seed: int, *, rare: bool = False) -> tuple[pd.DataFrame, np.ndarray]:
    """Sales of a made-up year by courier, and folds in no order; `rare` adds couriers of one fold, and missing ones."""
    rng = np.random.default_rng(seed)
    courier = rng.choice(["Aramex", "Zajil", "SMSA", "Fetchr", "Naqel"], ROWS).astype(object)
    folds = rng.permutation(np.arange(ROWS) % 4) * 10 + 3
    if rare:
        for fold in np.unique(folds):
            courier[np.flatnonzero(folds == fold)[:5]] = f"only in {fold}"
        courier[rng.choice(ROWS, 12, replace=False)] = None
    minutes = np.round(rng.gamma(3, 15, ROWS) + 5 * (folds == 13), 2)
    frame = pd.DataFrame({"late_minutes": minutes, "weight": rng.random(ROWS), "courier": courier})
    return frame, folds


def truth(frame: pd.DataFrame, folds: np.ndarray) -> np.ndarray:
    """The encodings by going through the rows, one at a time."""
    rows = list(zip(frame["courier"], frame["late_minutes"], folds, strict=True))
    encodings = []
    for name, _, fold in rows:
        others = [(other, minutes) for other, minutes, where in rows if where != fold]
        mine = [minutes for other, minutes in others if name is not None and other == name]
        encodings.append(np.mean(mine or [minutes for _, minutes in others]))
    return np.array(encodings)


def ask(notebook, frame: pd.DataFrame, folds: np.ndarray) -> np.ndarray:
    """The encodings as numbers, when the answer is a column of the right length."""
    answer = notebook.oof_target_encode(frame, "courier", "late_minutes", folds)
    assert isinstance(answer, pd.Series), f"not a Series but a {type(answer).__name__}"
    return numbers(answer, len(frame))


def test_no_row_sees_its_fold(notebook):
    frame, folds = make(31, rare=True)
    for fold in np.unique(folds):
        mine = folds == fold
        changed = frame.assign(late_minutes=frame["late_minutes"].where(~mine, 9_000 - 3 * frame["late_minutes"]))
        for known in ("Aramex", "Zajil"):
            fed = ~mine & (frame["courier"] == known).to_numpy()
            check_unmoved(lambda rows: ask(notebook, rows, folds), frame, changed, still=mine, moved=fed)


def test_mean_of_other_folds(notebook):
    frame, folds = make(32)
    expected = truth(frame, folds)
    constant = frame.assign(courier="Aramex")
    of_one = truth(constant, folds)
    check_same(ask(notebook, frame, folds), expected)
    check_same(ask(notebook, constant, folds), of_one)


def test_unknown_gets_fallback(notebook):
    frame, folds = make(33, rare=True)
    unknown = frame["courier"].isna() | frame["courier"].str.startswith("only", na=False)
    expected = truth(frame, folds)
    check_same(ask(notebook, frame, folds)[unknown], expected[unknown])


def test_rows_keep_their_place(notebook):
    frame, folds = make(34)
    rng = np.random.default_rng(35)
    frame.index = rng.integers(0, 40, ROWS)
    answer = notebook.oof_target_encode(frame, "courier", "late_minutes", folds)
    plain = numbers(answer, ROWS)
    assert list(answer.index) == list(frame.index)
    assert np.isfinite(plain).all()
    assert len(np.unique(plain.round(6))) > 4, "all rows have the same encoding"

    order = rng.permutation(ROWS)
    check_same(ask(notebook, frame.iloc[order], folds[order]), plain[order])
    check_same(ask(notebook, frame.reset_index(drop=True), folds), plain)
