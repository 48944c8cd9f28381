"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

All of it is generated: crops of digits as a gate's camera sees them, by the process that is written down here.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 968
DATA = Path(__file__).parent / "data"
SIDE = 16
VEHICLES = {"train": 130, "val": 60, "test": 90}
FRAMES = 2
TYPING_ERRORS = 0.08

# Seven rows of five dots, as on a plate of the plainest kind.
GLYPHS = {
    0: "01110 10001 10011 10101 11001 10001 01110",
    1: "00100 01100 00100 00100 00100 00100 01110",
    2: "01110 10001 00001 00110 01000 10000 11111",
    3: "11110 00001 00001 01110 00001 00001 11110",
    4: "00010 00110 01010 10010 11111 00010 00010",
    5: "11111 10000 11110 00001 00001 10001 01110",
    6: "00110 01000 10000 11110 10001 10001 01110",
    7: "11111 00001 00010 00100 01000 01000 01000",
    8: "01110 10001 10001 01110 10001 10001 01110",
    9: "01110 10001 10001 01111 00001 00010 01100",
}


def draw(digit: int, middle: np.ndarray, angle: float, dot: float) -> np.ndarray:
    """A digit as strokes between 0 and 1, turned by `angle` (radians), its dots `dot` pixels wide, around `middle`."""
    glyph = np.pad([[int(mark) for mark in row] for row in GLYPHS[digit].split()], 1).astype(float)
    y, x = np.mgrid[:SIDE, :SIDE] - middle[:, None, None]
    row = np.clip((np.cos(angle) * y + np.sin(angle) * x) / dot + 4, 0, 7.999)
    column = np.clip((np.cos(angle) * x - np.sin(angle) * y) / dot + 3, 0, 5.999)
    top, left = row.astype(int), column.astype(int)
    down, right = row - top, column - left
    above = glyph[top, left] * (1 - right) + glyph[top, left + 1] * right
    below = glyph[top + 1, left] * (1 - right) + glyph[top + 1, left + 1] * right
    return above * (1 - down) + below * down


def photograph(rng: np.random.Generator, strokes: np.ndarray, dirt: np.ndarray) -> np.ndarray:
    """What the camera makes of it: dark strokes on a pale plate, light from one side, dirt, noise; 0 to 255."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    light = 150 + rng.normal(0, 25) + rng.normal(0, 30) * x + rng.normal(0, 30) * y
    plate = light * (1 - rng.uniform(0.35, 0.75) * strokes) * (1 - dirt) + rng.normal(0, rng.uniform(5, 16), dirt.shape)
    return np.clip(np.round(plate), 0, 255).astype(np.uint8)


def make_crops(rng: np.random.Generator, vehicles: int, first: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Crops of two to four digits of each vehicle, each in a burst of frames: nearly the same picture again."""
    crops, rows = [], []
    for vehicle in range(first, first + vehicles):
        angle, dot = rng.normal(0, 0.12), rng.uniform(1.35, 1.9)
        for _ in range(rng.integers(2, 5)):
            digit = int(rng.integers(10))
            spot = rng.uniform(0, SIDE, 2)
            y, x = np.mgrid[:SIDE, :SIDE] - spot[:, None, None]
            dirt = 0.6 * rng.random() * np.exp(-(y**2 + x**2) / rng.uniform(4, 20))
            middle = SIDE / 2 - 0.5 + rng.normal(0, 1.2, 2)
            for frame in range(FRAMES):
                strokes = draw(digit, middle + rng.normal(0, 0.4, 2), angle, dot)
                crops.append(photograph(rng, strokes, dirt))
                rows.append((vehicle, frame, digit))
    return np.array(crops), pd.DataFrame(rows, columns=["vehicle", "frame", "label"])


def make_data() -> tuple[np.ndarray, pd.DataFrame]:
    """All crops and the table that belongs to them; labels of training rows were typed in a hurry."""
    rng = np.random.default_rng(SEED)
    crops, tables, first = [], [], 1000
    for name, vehicles in VEHICLES.items():
        pictures, table = make_crops(rng, vehicles, first)
        crops.append(pictures)
        tables.append(table.assign(set=name))
        first += vehicles
    table = pd.concat(tables, ignore_index=True)
    wrong = (table["set"] == "train") & (rng.random(len(table)) < TYPING_ERRORS)
    table.loc[wrong, "label"] = rng.integers(0, 10, wrong.sum())
    return np.concatenate(crops), table


if __name__ == "__main__":
    images, labels = make_data()
    DATA.mkdir(exist_ok=True)
    np.save(DATA / "crops.npy", images)
    labels.to_csv(DATA / "crops.csv", index=False, lineterminator="\n")
