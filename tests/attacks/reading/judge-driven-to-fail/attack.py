# %%
import json
import os
import struct
import sys

import numpy as np
import pandas as pd


def write_body(tree, buffers=b""):
    """A value that no encoder would have written, as the answer to the question that is waited for."""
    frame = sys._getframe()
    while "uplink" not in frame.f_locals:
        frame = frame.f_back
    body = struct.pack(">I", len(tree)) + tree + buffers
    told = {"id": frame.f_locals["header"]["id"], "state": "value", "reason": ""}
    frame.f_locals["uplink"].send(told, body)


class Hostile(pd.DataFrame):
    """Raises wherever it is touched."""

    @property
    def dtypes(self):
        raise RuntimeError("touched")


deep = []
for _ in range(100_000):
    deep = [deep]
print("answers that are hard to take: True")


# %% exercise="triple"
asked = []


def triple(number):
    asked.append(number)
    return deep


# %% exercise="greet"
def greet(name):
    if name[0] == "O":
        # 40 MB whose repr has 160, and four bytes for each letter of them.
        return "\U0001f600" + "\0" * 40_000_000
    write_body(b"[" * 60_000 + b"]" * 60_000)
    write_body(json.dumps({"t": "decimal", "v": "1E999999"}).encode())
    write_body(json.dumps({"t": "array", "dtype": "<f8", "shape": [1 << 40], "b": 0}).encode())
    return f"Peace be upon you, {name}"


# %% exercise="centre"
def centre(values):
    # Right in shape, and its members are what no number can be made of.
    members = np.empty(len(values), dtype=object)
    members[:] = [10**4000, "9" * 100_000, {"a": {}}, pd.NaT] * (len(values) // 4)
    return members


# %% exercise="total"
def total(frame):
    return Hostile(frame).astype(object).map(lambda one: pd.Interval(0, 1) if one == 12 else one)


# %% exercise="train"
def train(features, target):
    class Endless:
        def predict(self, unseen):
            return np.full(len(unseen), np.datetime64("NaT"))

    return Endless()
