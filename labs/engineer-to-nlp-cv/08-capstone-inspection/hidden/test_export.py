"""Exercise `export`: a network of the lab's, exported and read back as a service would."""

import numpy as np
import pytest

from grader.inside.probes import check_same, numbers

EXPORT = """
import shutil
import tempfile
from pathlib import Path

import onnxruntime
import torch
from torch import nn

class _Door(nn.Module):
    def __init__(self, scale):
        super().__init__()
        torch.manual_seed(4)
        self.layers = nn.Sequential(
            nn.Conv2d(1, 5, 3), nn.BatchNorm2d(5), nn.Tanh(), nn.Flatten(), nn.Dropout(0.5), nn.Linear(5 * 30 * 30, 1)
        )
        self.scale = scale

    def forward(self, photos):
        return self.layers(photos)[:, 0] * self.scale

_folder = Path(tempfile.mkdtemp())
_photos = torch.from_numpy(photos)
_net = _Door(scale)
_net.train(training)
_told = {"raised": ""}
try:
    _told["difference"] = export_net(_net, str(_folder / "net.onnx"), _photos, **options)
except ValueError:
    _told["raised"] = "ValueError"
_told["training"] = _net.training
_told["files"] = sorted(file.name for file in _folder.iterdir())
_net.eval()
with torch.no_grad():
    _told["torch"] = [_net(_photos[:size]).numpy() for size in sizes]
if (_folder / "net.onnx").exists():
    _elsewhere = tempfile.mkdtemp()
    shutil.copytree(_folder, _elsewhere, dirs_exist_ok=True)
    _session = onnxruntime.InferenceSession(str(Path(_elsewhere, "net.onnx")))
    _name = _session.get_inputs()[0].name
    _told["onnx"] = [_session.run(None, {_name: photos[:size]})[0] for size in sizes]
_told
"""


SIZES = [1, 2, 5, 7]


def ask(notebook, seed: int, sizes: list[int], *, scale: float = 1.0, training: bool = True, **options) -> dict:
    """What came of one export of seven photos."""
    photos = np.random.default_rng(seed).random((7, 1, 32, 32)).astype("float32")
    told = notebook.run(EXPORT, photos=photos, sizes=sizes, scale=scale, training=training, options=options)
    assert isinstance(told, dict)
    return told


@pytest.fixture(scope="module")
def told(notebook) -> dict:
    """One export, shared, for each takes a second: weights so large that the last bits of a float are seen."""
    return ask(notebook, 851, SIZES, scale=1e6, tolerance=1e9)


def test_one_file_takes_any_batch(told):
    assert told["raised"] == ""
    assert told["files"] == ["net.onnx"], f"files: {told['files']}"
    for size, expected, answer in zip(SIZES, told["torch"], told["onnx"], strict=True):
        check_same(numbers(answer, (size,)), expected, rtol=1e-3, atol=100)
    assert np.ptp(told["torch"][-1]) > 1e3


def test_difference_is_measured(told):
    assert told["raised"] == ""
    differences = {
        size: np.abs(one - other).max()
        for size, one, other in zip(SIZES, told["torch"], told["onnx"], strict=True)
        if size in (1, 7)
    }
    assert max(differences.values()) > 0
    check_same(told["difference"], max(differences.values()), rtol=1e-5)
    assert told["training"] is True, "the mode was changed"


def test_drift_is_refused(notebook):
    told = ask(notebook, 871, [7], scale=1e6, training=False)
    assert told["raised"] == "ValueError"
    assert told["files"] == [], f"left behind: {told['files']}"
    assert told["training"] is False, "the mode was changed"
