"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

All of it is generated: photos of container doors, notes of checkers, and a small network that has learned from them.
"""

import base64
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 2_030
DATA = Path(__file__).parent / "data"
SIDE = 32
CONTAINERS = 90

# What a word of a note says for or against a repair, in the units of the network's logit.
WORDS = {
    "hole": 3.0,
    "leak": 2.5,
    "broken": 2.5,
    "bent": 2.0,
    "dent": 1.5,
    "rust": 1.0,
    "seal": 0.3,
    "old": 0.2,
    "dry": -0.5,
    "sound": -1.0,
    "new": -1.0,
    "clean": -1.5,
    "ok": -1.5,
    "ثقب": 3.0,
    "مكسور": 2.5,
    "صدأ": 1.0,
    "سليم": -1.0,
    "نظيف": -1.5,
}
NOTES = {
    1: ["rust at the hinge", "dent, left door", "hole near the floor", "Bent bar", "صدأ", "ثقب صغير", "old, rust", ""],
    0: ["clean and dry", "OK", "sound", "new, clean", "نظيف", "سليم", "old but sound", ""],
}

# Four patterns of three by three: darkness, edges across and along, and spots.
KERNELS = np.array(
    [
        [[-1, -1, -1], [-1, -1, -1], [-1, -1, -1]],
        [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
        [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
    ],
    dtype="float32",
) / np.float32(8)


def photograph(rng: np.random.Generator, *, damaged: bool) -> np.ndarray:
    """A corrugated door in some light, with rust or a dent where it is damaged, and with noise; 0 to 255."""
    y, x = np.mgrid[:SIDE, :SIDE]
    door = rng.uniform(110, 190) + 12 * np.sin(2 * np.pi * x / 8 + rng.uniform(0, 6)) + rng.normal(0, 1) * (y - 16)
    for _ in range(rng.integers(3, 8) if damaged else rng.integers(0, 2)):
        row, column, size = *rng.uniform(3, SIDE - 3, 2), rng.uniform(1, 3)
        door -= rng.uniform(40, 90) * np.exp(-((y - row) ** 2 + (x - column) ** 2) / (2 * size**2))
    return np.clip(np.round(door + rng.normal(0, 4, door.shape)), 0, 255).astype(np.uint8)


def to_png(photo: np.ndarray) -> bytes:
    """A grey picture as a PNG, stored without compression, so that its bytes depend on no library's version."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + row.tobytes() for row in photo)
    head = struct.pack(">IIBBBBB", photo.shape[1], photo.shape[0], 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def features(photo: np.ndarray) -> np.ndarray:
    """What the network's four filters find on average, as its layers compute it."""
    padded = np.pad(photo.astype(float) / 255 - 0.5, 1)
    places = [padded[i : i + SIDE, j : j + SIDE] for i in range(3) for j in range(3)]
    answers = np.tensordot(KERNELS.reshape(4, 9), np.array(places), axes=1)
    return np.maximum(answers, 0).mean(axis=(1, 2))


def fit(photos: list[np.ndarray], damaged: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the last layer by ridge regression on logits of 2 and -2, rounded to three places."""
    rows = np.array([[*features(photo), 1] for photo in photos])
    weights = np.linalg.solve(rows.T @ rows + 1e-4 * np.eye(5), rows.T @ np.where(damaged, 2.0, -2.0))
    return weights[None, :4].round(3).astype("float32"), weights[4:].round(3).astype("float32")


def make_doors(rng: np.random.Generator) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """One row for each container; photos and notes are missing now and then."""
    rows, photos = [], []
    for number in range(CONTAINERS):
        damaged = int(rng.random() < 0.4)
        photos.append(photograph(rng, damaged=bool(damaged)))
        photo = base64.b64encode(to_png(photos[-1])).decode()
        note = str(rng.choice(NOTES[damaged if rng.random() < 0.9 else 1 - damaged]))
        container = f"{rng.choice(['BMOU', 'TCLU', 'GESU'])}{rng.integers(10**6, 10**7)}"
        rows.append((container, "" if number % 11 == 5 else photo, note, damaged))
    return pd.DataFrame(rows, columns=["container", "photo", "note", "damaged"]), photos


if __name__ == "__main__":
    doors, pictures = make_doors(np.random.default_rng(SEED))
    head, bias = fit(pictures, doors["damaged"].to_numpy() == 1)
    DATA.mkdir(exist_ok=True)
    doors.to_csv(DATA / "doors.csv", index=False, lineterminator="\n")
    np.savez(DATA / "weights.npz", kernels=KERNELS[:, None], head=head, bias=bias)
    (DATA / "words.json").write_text(json.dumps(WORDS, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
