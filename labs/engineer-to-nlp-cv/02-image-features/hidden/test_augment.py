"""Exercise `augment`: what a picture may become, where its boxes are then, how often, and what the seed decides."""

import numpy as np
import pytest

from grader.inside.probes import check_pure

SEEDS = 240
# Many pictures in one question.
ASK = "[augment(img.copy(), boxes.copy(), _seed) for _seed in range(first, first + count)]"
AGAIN = """
import numpy as _np
_one = [augment(img.copy(), boxes.copy(), _seed) for _seed in seeds]
_np.random.seed(5)
_before = _np.random.get_state()[1].tolist()
_two = [augment(img.copy(), boxes.copy(), _seed) for _seed in reversed(seeds)][::-1]
[_one, _two, _before, _np.random.get_state()[1].tolist()]
"""


def make(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A picture no part of which is like another, from black to white, and boxes of several sizes in it."""
    rng = np.random.default_rng(seed)
    img = rng.integers(0, 256, (21, 34, 3)).astype(np.uint8)
    img[:4, :20] = rng.integers(80, 150, (4, 20, 3))
    return img, np.array([[3, 2, 9, 5], [0, 0, 4, 21], [29, 10, 5, 4], [12, 6, 1, 1], [0, 17, 34, 3]])


def pair(answer: object, img: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A picture and its boxes, when they are two arrays of the right shapes."""
    assert isinstance(answer, tuple | list)
    assert len(answer) == 2, "not a picture and its boxes"
    new, moved = answer
    assert isinstance(new, np.ndarray)
    assert isinstance(moved, np.ndarray)
    assert new.shape == img.shape, f"a picture of shape {new.shape}"
    assert new.dtype == np.uint8, f"a picture of {new.dtype}"
    assert moved.shape == boxes.shape, f"boxes of shape {moved.shape}"
    assert moved.dtype.kind in "iu", f"boxes of {moved.dtype}"
    return new, moved


def explain(new: np.ndarray, img: np.ndarray) -> tuple[bool, int | None]:
    """Whether the picture is mirrored, and what was added to it; None when nothing that is allowed explains it."""
    for mirrored in (False, True):
        light = light_of(new, img, mirrored=mirrored)
        old = img[:, ::-1] if mirrored else img
        if abs(light) <= 60 and np.array_equal(new, np.clip(old + np.round(light), 0, 255)):
            return mirrored, int(light)
    # A light that goes wrong leaves this part as it was, but for a sum; so which way round it is can still be told.
    before, straight, turned = img[:4, :20], new[:4, :20], new[:4, ::-1][:, :20]
    alike = [np.corrcoef(before.ravel(), after.ravel())[0, 1] for after in (straight, turned)]
    assert max(alike) > 0.5, "neither the picture nor its mirror image"
    return alike[1] > alike[0], None


def light_of(new: np.ndarray, img: np.ndarray, *, mirrored: bool) -> float:
    """What was added in the part where nothing reaches an end."""
    old = img[:, ::-1] if mirrored else img
    inside = (old > 70) & (old < 185)
    return float(np.median(new[inside].astype(int) - old[inside].astype(int)))


@pytest.fixture(scope="module")
def many(notebook):
    """What many seeds make of one picture, as it came; three of the tests look at it."""
    img, boxes = make(891)
    return notebook.run(ASK, img=img, boxes=boxes, first=40_000, count=SEEDS)


def pairs(many: object) -> list[tuple[np.ndarray, np.ndarray]]:
    assert isinstance(many, list)
    assert len(many) == SEEDS
    return [pair(answer, *make(891)) for answer in many]


def test_light_stops_at_black_and_white(many):
    img, _ = make(891)
    lights = [explain(new, img)[1] for new, _ in pairs(many)]
    assert None not in lights, f"{lights.count(None)} of {SEEDS} pictures are explained by no light from -60 to 60"


def test_boxes_move_with_the_picture(notebook, many):
    img, boxes = make(891)
    for new, moved in pairs(many):
        mirrored, _ = explain(new, img)
        # The columns that a box covers, by name; in the mirror the last is the first.
        names = list(range(img.shape[1]))[:: -1 if mirrored else 1]
        for (x, y, w, h), (left, top, wide, tall) in zip(boxes.tolist(), moved.tolist(), strict=True):
            assert (top, wide, tall) == (y, w, h)
            assert 0 <= left <= img.shape[1] - wide
            assert set(names[left : left + wide]) == set(range(x, x + w))

    nothing = np.zeros((0, 4), dtype=int)
    for answer in notebook.run(ASK, img=img, boxes=nothing, first=3, count=8):
        pair(answer, img, nothing)


def test_chances(many):
    img, _ = make(891)
    told = [explain(new, img) for new, _ in pairs(many)]
    mirrored = np.array([flip for flip, _ in told])
    # Five standard deviations of a fair coin's share.
    assert abs(mirrored.mean() - 0.5) < 5 * 0.5 / SEEDS**0.5, f"{mirrored.mean():.2f} are mirrored"
    lights = np.array([light_of(new, img, mirrored=flip) for (new, _), flip in zip(pairs(many), mirrored, strict=True)])
    assert len(np.unique(lights)) > 60, f"only {len(np.unique(lights))} different lights"
    assert min(lights) < -50, f"never darker than {min(lights)}"
    assert max(lights) > 50, f"never brighter than {max(lights)}"
    assert abs(lights.mean()) < 5 * 35 / SEEDS**0.5, f"on average {lights.mean():.1f} is added"
    apart = lights[mirrored].mean() - lights[~mirrored].mean()
    assert abs(apart) < 5 * 2 * 35 / SEEDS**0.5, f"mirrored pictures are {apart:.0f} brighter"


def test_seed_decides(notebook):
    img, boxes = make(892)
    seeds = [0, 7, 123, 99_991]
    told = notebook.run(AGAIN, img=img, boxes=boxes, seeds=seeds)
    assert isinstance(told, list)
    one, two, before, after = told
    first = [pair(answer, img, boxes) for answer in one]
    second = [pair(answer, img, boxes) for answer in two]
    for (new, moved), (again, moved_again) in zip(first, second, strict=True):
        assert np.array_equal(new, again), "the same seed made another picture"
        assert np.array_equal(moved, moved_again), "the same seed made other boxes"
    assert len({new.tobytes() for new, _ in first}) > 1, "all seeds make the same picture"
    assert before == after, "the notebook's own random numbers were disturbed"


def test_inputs_stay(notebook):
    img, boxes = make(893)
    made = [pair(check_pure(notebook, "augment", img, boxes, seed), img, boxes)[0] for seed in range(8)]
    assert any(not np.array_equal(new, img) for new in made), "nothing ever happens"
