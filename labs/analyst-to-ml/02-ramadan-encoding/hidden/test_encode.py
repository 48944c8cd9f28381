"""Exercise `encode`: what a row's encoding may depend on, and what it is."""

import numpy as np
import pandas as pd

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


def numbers(answer: object, rows: int) -> np.ndarray:
    """The answer as numbers, when it is a column of the right length."""
    assert isinstance(answer, pd.Series), f"not a Series but a {type(answer).__name__}"
    assert len(answer) == rows, f"{len(answer)} values for {rows} rows"
    return pd.to_numeric(answer, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def ask(notebook, frame, folds):
    return numbers(notebook.oof_target_encode(frame, "courier", "late_minutes", folds), len(frame))


def test_no_row_sees_its_fold(notebook):
    frame, folds = make(31, rare=True)
    before = ask(notebook, frame, folds)
    for fold in np.unique(folds):
        mine = folds == fold
        changed = frame.assign(late_minutes=frame["late_minutes"].where(~mine, 9_000 - 3 * frame["late_minutes"]))
        after = ask(notebook, changed, folds)
        assert np.allclose(after[mine], before[mine], equal_nan=True), "the own fold's answers show"
        known = ~mine & frame["courier"].isin(["Aramex", "Zajil"]).to_numpy()
        assert (np.abs(after[known] - before[known]) > 1).all(), "the other folds' answers do not show"


def test_mean_of_other_folds(notebook):
    frame, folds = make(32)
    assert np.allclose(ask(notebook, frame, folds), truth(frame, folds))

    constant = frame.assign(courier="Aramex")
    assert np.allclose(ask(notebook, constant, folds), truth(constant, folds)), "a column with one category"


def test_unknown_gets_fallback(notebook):
    frame, folds = make(33, rare=True)
    unknown = frame["courier"].isna() | frame["courier"].str.startswith("only", na=False)
    assert np.allclose(ask(notebook, frame, folds)[unknown], truth(frame, folds)[unknown])


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
    assert np.allclose(ask(notebook, frame.iloc[order], folds[order]), plain[order])
    assert np.allclose(ask(notebook, frame.reset_index(drop=True), folds), plain)
