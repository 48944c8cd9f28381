"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The photos are drawn, by the process that is written down here. No camera took them.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 1404
DATA = Path(__file__).parent / "data"
PHOTOS, HEIGHT, WIDTH = 12, 96, 128
DUSK = 7
# Paint of the doors: red, green, blue.
PAINTS = [(150, 45, 40), (30, 85, 130), (40, 110, 75), (175, 100, 35), (95, 95, 100)]
YELLOW = (235, 185, 20)


def main() -> None:
    """Write the photos and where their plates are."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    photos, rows = [], []
    for number in range(PHOTOS):
        photo, boxes = make_photo(rng, dusk=number == DUSK)
        photos.append(photo)
        rows += [(number, *box) for box in boxes]
    np.save(DATA / "doors.npy", np.stack(photos))
    plates = pd.DataFrame(rows, columns=["photo", "x", "y", "w", "h"])
    plates.to_csv(DATA / "plates.csv", index=False, lineterminator="\n")


def make_photo(rng: np.random.Generator, *, dusk: bool) -> tuple[np.ndarray, list[tuple[int, int, int, int]]]:
    """A closed door: paint, locking bars, a warning sign, white plates, glare on wet steel, then the camera's noise."""
    scene = np.empty((HEIGHT, WIDTH, 3))
    scene[:] = PAINTS[int(rng.integers(0, len(PAINTS)))]
    scene *= 1 + 0.12 * np.sin(np.arange(WIDTH) * 2 * np.pi / rng.uniform(9, 14))[None, :, None]
    for bar in (20, 48, 52, 78, 106):
        scene[:, bar : bar + 2] *= 0.45
    sign = int(rng.integers(5, 100))
    scene[74:90, sign : sign + 16] = YELLOW
    boxes = place_plates(rng, int(rng.integers(1, 4)))
    for x, y, w, h in boxes:
        scene[y : y + h, x : x + w] = 222
        for row in range(y + 3, y + h - 3, 4):
            letters = rng.random(w - 6) < 0.6
            scene[row : row + 2, x + 3 : x + w - 3][:, letters] = 60
    for _ in range(int(rng.integers(2, 7))):
        x, y = int(rng.integers(0, WIDTH - 3)), int(rng.integers(60, HEIGHT - 3))
        scene[y : y + int(rng.integers(1, 4)), x : x + int(rng.integers(1, 4))] = 245
    light = 0.55 if dusk else rng.uniform(0.95, 1.05)
    return np.clip(np.round(scene * light + rng.normal(0, 6, scene.shape)), 0, 255).astype(np.uint8), sorted(
        boxes, key=lambda box: (box[1], box[0])
    )


def place_plates(rng: np.random.Generator, wanted: int) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, w, h) of plates in the upper part of the door, apart from each other."""
    boxes: list[tuple[int, int, int, int]] = []
    while len(boxes) < wanted:
        w, h = int(rng.integers(14, 34)), int(rng.integers(9, 20))
        x, y = int(rng.integers(2, WIDTH - w - 2)), int(rng.integers(2, 56 - h))
        if all(x + w + 3 < left or left + wide + 3 < x or y + h + 3 < top or top + tall + 3 < y
               for left, top, wide, tall in boxes):  # fmt: skip
            boxes.append((x, y, w, h))
    return boxes


if __name__ == "__main__":
    main()
