"""Exercise `boxes`: groups by flood fill, what counts as bright, as touching and as large enough, and the order."""

import numpy as np

from grader.inside.probes import check_pure, numbers

DARK, WHITE = (70, 60, 80), (215, 225, 220)


def truth(img: np.ndarray, min_area: int) -> list[list[int]]:
    """The boxes by walking from pixel to pixel."""
    bright = {(y, x) for y, row in enumerate(img.tolist()) for x, pixel in enumerate(row) if min(pixel) >= 180}
    boxes = []
    while bright:
        group, ahead = [], [bright.pop()]
        while ahead:
            y, x = ahead.pop()
            group.append((y, x))
            around = {(y + down, x + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & bright
            bright -= around
            ahead += around
        if len(group) >= min_area:
            ys, xs = [y for y, _ in group], [x for _, x in group]
            boxes.append([min(ys), min(xs), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1])
    return [[x, y, w, h] for y, x, w, h in sorted(boxes)]


def check(told: object, img: np.ndarray, min_area: int, *, boxes: int | None = None) -> None:
    expected = truth(img, min_area)
    assert boxes is None or len(expected) == boxes
    found = numbers(told, (len(expected), 4))
    assert found.tolist() == expected


def scene(height: int, width: int) -> np.ndarray:
    img = np.empty((height, width, 3), dtype=np.uint8)
    img[:] = DARK
    return img


def test_boxes_of_plates(notebook):
    rng = np.random.default_rng(881)
    for number in range(12):
        img = scene(40, 64)
        # One plate in each of six cells that leave room between; no two begin in the same row.
        rows = rng.permutation(np.arange(1, 8))
        for cell in range(6):
            top, left = 20 * (cell // 3) + int(rows[cell]), 21 * (cell % 3) + int(rng.integers(1, 8))
            tall, wide = int(rng.integers(4, 11)), int(rng.integers(4, 12))
            img[top : top + tall, left : left + wide] = WHITE
        img = np.clip(img + rng.integers(-20, 20, img.shape), 0, 255).astype(np.uint8)
        check(
            check_pure(notebook, "find_boxes", img, 9) if number == 0 else notebook.find_boxes(img, 9), img, 9, boxes=6
        )


def test_bright_pixels(notebook):
    colours = [(180, 180, 180), (179, 255, 255), (255, 179, 255), (255, 255, 179), (255, 255, 255), (255, 180, 181)]
    img = scene(9, 8 * len(colours))
    for number, colour in enumerate(colours):
        img[2:7, 8 * number + 1 : 8 * number + 6] = colour
    check(notebook.find_boxes(img, 5), img, 5, boxes=3)


def test_area(notebook):
    img = scene(30, 40)
    img[1, 1:13] = WHITE  # a line of 12
    img[4:9, 2:7] = WHITE
    img[5:8, 3:6] = DARK  # a ring of 16 in a box of 25
    img[12:22, 3] = img[21, 3:9] = WHITE  # an angle of 15 in a box of 60
    img[4:7, 20:24] = WHITE  # a full plate of 12
    img[12, 20] = WHITE
    for min_area in (1, 2, 11, 12, 13, 15, 16, 17, 26):
        check(notebook.find_boxes(img, min_area), img, min_area)


def test_touching(notebook):
    img = scene(34, 44)
    img[range(2, 12), range(2, 12)] = WHITE  # slanted to the right
    img[range(2, 12), range(30, 20, -1)] = WHITE  # slanted to the left
    img[15:18, 3:7] = img[18:21, 7:10] = WHITE  # two plates that touch by a corner
    img[15:18, 20:24] = img[19:22, 20:24] = WHITE  # two with a row between them
    img[23:34, 28:44] = WHITE  # a ring at the border, with a plate inside it
    img[25:32, 30:42] = DARK
    img[27:30, 33:39] = WHITE
    check(notebook.find_boxes(img, 8), img, 8, boxes=7)


def test_order_and_nothing(notebook):
    img = scene(30, 50)
    for top, left in ((20, 2), (3, 30), (3, 4), (11, 40), (3, 17), (20, 33), (11, 1)):
        img[top : top + 4, left : left + 6] = WHITE
    check(notebook.find_boxes(img, 6), img, 6, boxes=7)

    whole = np.full((5, 7, 3), 250, dtype=np.uint8)
    check(notebook.find_boxes(whole, 35), whole, 35, boxes=1)
    one = np.full((1, 1, 3), 200, dtype=np.uint8)
    check(notebook.find_boxes(one, 1), one, 1, boxes=1)
    for nothing, min_area in ((scene(6, 6), 1), (whole, 36), (one // 2, 1)):
        check(notebook.find_boxes(nothing, min_area), nothing, min_area, boxes=0)
