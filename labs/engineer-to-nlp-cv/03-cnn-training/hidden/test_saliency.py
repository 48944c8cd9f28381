"""Exercise `saliency`: slopes worked out by hand, of a network whose weights are known."""

import numpy as np

from grader.inside.probes import check_same, numbers

# Two layers with a bend between them, and dropout and batch statistics that must not act.
KNOWN = """
import numpy as np
import torch
from torch import nn

class _Known(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(256, 12), nn.Linear(12, 10, bias=False)
        self.norm, self.drop = nn.BatchNorm1d(12, eps=0.0), nn.Dropout(0.5)
        with torch.no_grad():
            self.first.weight.copy_(torch.from_numpy(weights["first"]))
            self.first.bias.copy_(torch.from_numpy(weights["bias"]))
            self.second.weight.copy_(torch.from_numpy(weights["second"]))

    def forward(self, images):
        return self.second(self.drop(self.norm(torch.tanh(self.first(images.flatten(1))))))

_known = _Known()
_images = torch.from_numpy(images)
"""
IN_BOTH_MODES = """
_known.train()
_in_training = np.asarray(saliency(_known, _images))
_known.eval()
[_in_training, np.asarray(saliency(_known, _images))]
"""
ALONE = """
_known.eval()
[np.asarray(saliency(_known, _images)), [np.asarray(saliency(_known, _images[[i]])) for i in range(len(_images))]]
"""
TRACES = """
def _state():
    return {
        "training": [part.training for part in _known.modules()],
        "weights": {name: values.detach().numpy().copy() for name, values in _known.state_dict().items()},
        "grads": [None if some.grad is None else some.grad.numpy().copy() for some in _known.parameters()],
        "needs": [some.requires_grad for some in _known.parameters()] + [_images.requires_grad],
        "images": _images.detach().numpy().copy(),
    }

_states = []
for _grad in (None, 0.25):
    for _mode in (True, False):
        _known.train(_mode)
        for _some in _known.parameters():
            _some.grad = None if _grad is None else torch.full_like(_some, _grad)
        _before = _state()
        _map = saliency(_known, _images)
        _states.append([_before, _state(), np.asarray(_map)])
_states
"""


def make(seed: int, count: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Images and the weights of the network that is asked about them."""
    rng = np.random.default_rng(seed)
    weights = {
        "first": rng.normal(0, 0.2, (12, 256)),
        "bias": rng.normal(0, 0.3, 12),
        "second": rng.normal(0, 1, (10, 12)),
    }
    images = rng.uniform(0, 1, (count, 1, 16, 16))
    return images.astype("float32"), {name: values.astype("float32") for name, values in weights.items()}


def truth(images: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """The maps by the chain rule, one image at a time; new batch statistics are 0 and 1 and change nothing."""
    maps = []
    for image in images:
        inner = np.tanh(weights["first"] @ image.ravel() + weights["bias"])
        winner = np.argmax(weights["second"] @ inner)
        slope = np.abs((weights["second"][winner] * (1 - inner**2)) @ weights["first"]).reshape(16, 16)
        maps.append(slope / slope.max() if slope.max() > 0 else slope)
    return np.array(maps)


def test_slope_of_the_winning_logit(notebook):
    images, weights = make(711, 9)
    told = notebook.run(KNOWN + IN_BOTH_MODES, images=images, weights=weights)
    assert isinstance(told, list)
    for answer in told:
        # Scaled once more here, so that a mistake in the scale is another test's business.
        maps = numbers(answer, (9, 16, 16))
        largest = np.abs(maps).max(axis=(1, 2), keepdims=True)
        assert (largest > 0).all(), "a map is zero"
        check_same(maps / largest, truth(images, weights), rtol=1e-3, atol=1e-4)


def test_each_map_has_its_own_scale(notebook):
    images, weights = make(721, 5)
    images[2] *= 0.01
    told = notebook.run(KNOWN + ALONE, images=images, weights=weights)
    assert isinstance(told, list)
    together, alone = told
    maps = numbers(together, (5, 16, 16))
    check_same(maps.max(axis=(1, 2)), np.ones(5), rtol=1e-5)
    assert isinstance(alone, list)
    assert len(alone) == 5
    for place, one in enumerate(alone):
        check_same(numbers(one, (1, 16, 16))[0], maps[place], rtol=1e-3, atol=1e-5)

    # Two networks: one is flat everywhere, and one for very bright images only, which fill its inner layer.
    flat = {name: values * (name != "first") for name, values in weights.items()}
    told = notebook.run(KNOWN + ALONE, images=images, weights=flat)
    check_same(told[0], np.zeros((5, 16, 16)))
    half = {name: values.copy() for name, values in weights.items()}
    half["first"] = 0.02 * np.abs(half["first"])
    bright = images.copy()
    bright[1], bright[4] = 1_000, 1_000
    told = notebook.run(KNOWN + ALONE, images=bright, weights=half)
    maps = numbers(told[0], (5, 16, 16))
    check_same(maps.max(axis=(1, 2)), [1, 0, 1, 1, 0], rtol=1e-5)


def test_looking_leaves_no_trace(notebook):
    images, weights = make(731, 4)
    states = notebook.run(KNOWN + TRACES, images=images, weights=weights)
    assert isinstance(states, list)
    assert len(states) == 4
    for before, after, maps in states:
        assert numbers(maps, (4, 16, 16)).any(), "all maps are zero"
        assert before["training"] == after["training"], "the mode was changed"
        assert before["needs"] == after["needs"], "slopes were switched on or off"
        check_same(after["images"], images)
        assert before["weights"].keys() == after["weights"].keys()
        for name, values in before["weights"].items():
            check_same(after["weights"][name], values)
        assert len(before["grads"]) == len(after["grads"])
        for was, now in zip(before["grads"], after["grads"], strict=True):
            assert (was is None) == (now is None), "slopes were left in the weights, or taken out"
            if was is not None:
                check_same(now, was)
