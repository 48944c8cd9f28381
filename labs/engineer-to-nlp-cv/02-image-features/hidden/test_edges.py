"""Exercise `edges`: slopes of both signs, their length, the weights of the channels, and the frame of the picture."""

import numpy as np

from grader.inside.probes import check_pure, numbers

# Gray may be rounded: half a step in six of nine pixels, weights up to 2, both slopes.
ROUNDED = 6.0
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def truth(img: np.ndarray) -> np.ndarray:
    """The strengths pixel by pixel, without a library; a place outside is the nearest one inside."""
    gray = img.astype(float) @ np.array([0.299, 0.587, 0.114])
    rows, columns = gray.shape
    strengths = np.zeros((rows, columns))
    for y in range(rows):
        for x in range(columns):
            right = down = 0.0
            for a in range(3):
                for b in range(3):
                    value = gray[min(max(y + a - 1, 0), rows - 1), min(max(x + b - 1, 0), columns - 1)]
                    right += SOBEL[a][b] * value
                    down += SOBEL[b][a] * value
            strengths[y, x] = (right**2 + down**2) ** 0.5
    return strengths


def check(told: object, img: np.ndarray, inside: int) -> None:
    """The answer, without so many pixels at the picture's border, is the truth up to the rounding of gray."""
    expected = truth(img)
    found = numbers(told, expected.shape)
    part = slice(inside, -inside or None), slice(inside, -inside or None)
    off = np.abs(found[part] - expected[part]).max()
    assert off <= ROUNDED, f"off by {off:.1f}, where strengths go up to {expected.max():.0f}"


def grays(values: np.ndarray) -> np.ndarray:
    return np.repeat(np.asarray(values, dtype=np.uint8)[:, :, None], 3, axis=2)


def test_both_signs(notebook):
    rows = np.zeros((8, 14))
    rows[:, 4:9] = 180
    for values in (rows, 255 - rows, rows.T, 255 - rows.T):
        check(notebook.edges(grays(values)), grays(values), 1)


def test_length_of_both_slopes(notebook):
    # Slopes that are never negative: to the right and downwards it only gets brighter.
    y, x = np.mgrid[0:9, 0:11]
    for values in (8 * x + 14 * y, 20 * x + 2 * y, 100 * ((x > 4) & (y > 3))):
        check(notebook.edges(grays(values)), grays(values), 1)


def test_channels(notebook):
    for channel in range(3):
        img = np.zeros((7, 12, 3), dtype=np.uint8)
        img[:, 6:, channel] = 240
        check(notebook.edges(img), img, 1)


def test_frame(notebook):
    rng = np.random.default_rng(871)
    # Where it only gets brighter, the outermost pixels tell one frame from another.
    rising = np.tile(np.sort(rng.integers(0, 256, 10)), (7, 1))
    for values in (np.full((6, 9), 200), rising, rising.T, [[90]], [[0, 50, 150]]):
        img = grays(values)
        check(notebook.edges(img), img, 0)


def test_photos(notebook):
    rng = np.random.default_rng(872)
    img = rng.integers(0, 256, (15, 22, 3)).astype(np.uint8)
    check(check_pure(notebook, "edges", img), img, 1)
