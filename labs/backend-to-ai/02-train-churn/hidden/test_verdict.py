"""Exercise `verdict`: constructed curves whose verdict follows from the rules."""

import numpy as np

ASK = "[learning_curve_verdict(train, val, target, allowed_gap) for train, val, target, allowed_gap in curves]"
SIZES = 5


def curve(  # noqa: PLR0913 - a curve has so many numbers
    rng: np.random.Generator, *, level: float, gap: float, gain: float, spread: float = 0.002, folds: int = 6
) -> tuple[np.ndarray, np.ndarray]:
    """Train and held-out scores that end at these numbers; before that they rise by the same gain."""
    wobble = rng.normal(size=(SIZES, folds))
    wobble = spread * (wobble - wobble.mean(axis=1, keepdims=True)) / wobble.std(axis=1, keepdims=True)
    val = level - gain * np.arange(SIZES)[::-1, None] + wobble
    return val + gap + np.zeros((SIZES, folds)), val


def ask(notebook, curves: list[tuple]) -> list[str]:
    told = notebook.run(ASK, curves=curves)
    assert isinstance(told, list)
    return told


def test_clear_curves(notebook):
    rng = np.random.default_rng(261)
    curves, expected = [], []
    for _ in range(8):
        target, allowed = float(rng.uniform(0.4, 0.8)), float(rng.uniform(0.05, 0.2))
        below = target - float(rng.uniform(0.05, 0.2))
        wide, narrow = allowed + float(rng.uniform(0.05, 0.2)), allowed - 0.03
        for verdict, shape in (
            ("good enough", {"level": target + 0.05, "gap": wide, "gain": 0.04}),
            ("good enough", {"level": target + 0.05, "gap": narrow, "gain": 0.0}),
            ("more data", {"level": below, "gap": wide, "gain": 0.04}),
            ("simpler model", {"level": below, "gap": wide, "gain": -0.04}),
            ("richer model", {"level": below, "gap": narrow, "gain": 0.0}),
            ("richer model", {"level": below, "gap": narrow, "gain": 0.04}),
        ):
            curves.append((*curve(rng, **shape), target, allowed))
            expected.append(verdict)
    assert ask(notebook, curves) == expected


def test_gain_within_noise_is_none(notebook):
    rng = np.random.default_rng(262)
    curves, expected = [], []
    for folds in (4, 9):
        # `curve` spreads by the population's deviation; the standard error follows from it.
        error = 0.06 * np.sqrt(folds / (folds - 1)) / np.sqrt(folds)
        for share, verdict in ((0.94, "simpler model"), (1.06, "more data"), (0.1, "simpler model")):
            shape = {"level": 0.3, "gap": 0.3, "gain": share * error, "spread": 0.06, "folds": folds}
            train, val = curve(rng, **shape)
            # The folds agreed at the size before: only the last size's disagreement is the noise.
            val[-2] = val[-2].mean()
            curves.append((train[-2:], val[-2:], 0.9, 0.1))
            expected.append(verdict)
    assert ask(notebook, curves) == expected


def test_only_the_last_two_sizes_count(notebook):
    rng = np.random.default_rng(263)
    curves, expected = [], []
    for verdict, shape in (
        ("more data", {"level": 0.5, "gap": 0.3, "gain": 0.03}),
        ("simpler model", {"level": 0.5, "gap": 0.3, "gain": -0.01}),
        ("richer model", {"level": 0.5, "gap": 0.02, "gain": 0.03}),
    ):
        train, val = curve(rng, **shape)
        # The best, the worst and the widest were long ago; and in each fold the order is another.
        train[:-2], val[:-2] = 0.99, rng.uniform(0.05, 0.95, val[:-2].shape)
        val[0] = 0.9
        curves += [(train, val, 0.7, 0.1), (train[-2:], val[-2:], 0.7, 0.1), (train[:, ::-1], val[:, ::-1], 0.7, 0.1)]
        expected += [verdict] * 3
    assert ask(notebook, curves) == expected


def test_limits_themselves(notebook):
    flat = np.full((3, 4), 0.5)
    rising = flat - np.array([[0.25], [0.125], [0.0]])
    curves = [
        (flat + 0.25, flat, 0.5, 0.125),
        (flat + 0.25, flat, 0.75, 0.25),
        (rising + 0.25, rising, 0.75, 0.25),
        (flat + 0.25, flat, 0.75, 0.125),
        (rising + 0.25, rising, 0.75, 0.125),
    ]
    assert ask(notebook, curves) == ["good enough", "richer model", "richer model", "simpler model", "more data"]
