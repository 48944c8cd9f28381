"""Exercise `conv`: every sum by plain loops, and what bytes, strides and frames do to it."""

import numpy as np

from grader.inside.probes import check_pure, check_same, numbers


def truth(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """The sums in Python's own numbers, one product at a time; what lies outside the image is 0."""
    pixels, kernel = img.tolist(), k.tolist()
    rows = (len(pixels) + 2 * pad - len(kernel)) // stride + 1
    columns = (len(pixels[0]) + 2 * pad - len(kernel[0])) // stride + 1
    sums = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a, weights in enumerate(kernel):
                for b, weight in enumerate(weights):
                    y, x = i * stride + a - pad, j * stride + b - pad
                    if 0 <= y < len(pixels) and 0 <= x < len(pixels[0]):
                        sums[i, j] += pixels[y][x] * weight
    return sums


def check(notebook, img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> None:
    expected = truth(img, k, stride, pad)
    check_same(notebook.conv2d(img, k, stride, pad), expected, rtol=1e-6, atol=1e-6)


def test_sums_of_products(notebook):
    # Kernels that neither turning nor flipping leaves as they are; small numbers, so that any type can hold the sums.
    rng = np.random.default_rng(861)
    for shape in ((3, 3), (2, 5), (4, 1)):
        check(notebook, rng.normal(0, 1, (9, 12)), rng.normal(0, 1, shape), 1, 0)
    check(notebook, np.arange(20.0).reshape(4, 5), np.array([[0.0, 1.0], [2.0, 3.0]]), 1, 0)


def test_stride(notebook):
    rng = np.random.default_rng(862)
    symmetric = np.array([[1.0, 2.0, 1.0], [2.0, 5.0, 2.0], [1.0, 2.0, 1.0]])
    for size in ((9, 12), (10, 7), (11, 11)):
        for stride in (2, 3, 5):
            check(notebook, rng.normal(0, 1, size), symmetric, stride, 0)


def test_frame_of_zeros(notebook):
    rng = np.random.default_rng(863)
    for pad in (1, 2, 4):
        check(notebook, rng.normal(5, 1, (6, 8)), np.ones((3, 3)), 1, pad)


def test_bytes_do_not_wrap(notebook):
    rng = np.random.default_rng(864)
    bright = rng.integers(0, 256, (7, 8)).astype(np.uint8)
    for k in (
        np.full((3, 3), 3, np.uint8),
        np.array([[1, -1, 1], [-1, 1, -1], [1, -1, 1]], np.int8),
        np.full((3, 3), 0.25, np.float32),
    ):
        check(notebook, bright, k, 1, 0)
    whole = notebook.conv2d(bright, np.ones((3, 3), int), 1, 0)
    assert isinstance(whole, np.ndarray)
    assert whole.dtype.kind == "f", f"not floats: {whole.dtype}"


def test_smallest_images(notebook):
    check(notebook, np.array([[7.0]]), np.array([[3.0]]), 1, 0)
    check(notebook, np.array([[1.0, 2.0, 3.0]]), np.array([[2.0]]), 1, 0)
    check(notebook, np.array([[1.0], [2.0]]), np.array([[2.0]]), 1, 0)
    answer = check_pure(notebook, "conv2d", np.arange(9.0).reshape(3, 3), np.ones((3, 3)), 1, 0)
    assert numbers(answer, (1, 1))[0, 0] == 36
