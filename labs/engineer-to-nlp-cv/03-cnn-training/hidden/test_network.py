"""Exercise `network`: its shape and size, its two modes, its scaling, its output."""

import numpy as np

from grader.inside.probes import check_same, numbers

BUDGET = 5_000

# A network from a seed, with running statistics that are not those of a new one, and how to ask it.
BUILD = """
import numpy as np
import torch

def _built(seed):
    torch.manual_seed(seed)
    net = SmallCNN()
    net.train()
    with torch.no_grad():
        for _ in range(3):
            net(0.3 + 0.6 * torch.rand(20, 1, 16, 16))
    return net

def _asked(net, images, chance=None):
    if chance is not None:
        torch.manual_seed(chance)
    with torch.no_grad():
        return net(torch.from_numpy(images)).numpy()

_net = _built(seed)
"""
SHAPES = """
_one = _asked(_net.eval(), images[:1])
_many = _asked(_net, images)
_weights = {name: weights.detach().numpy() for name, weights in _net.named_parameters()}
_kinds = [type(part).__name__ for part in _net.modules()]
[_one, _many, _weights, _kinds]
"""
MODES = """
_net.eval()
_together = _asked(_net, images)
_again = _asked(_net, images)
_alone = [_asked(_net, images[[place]]) for place in range(len(images))]
_brighter = _asked(_net, np.concatenate([images[:1], images[1:] * 0.2 + 0.8]).astype("float32"))
_net.train()
torch.manual_seed(1)
_training = [_asked(_net, images) for _ in range(2)]
[_together, _again, _alone, _brighter, _training]
"""
SCALING = """
_net.eval()
_first = dict(_net.named_buffers())
_start = [float(_first["mean"]), float(_first["std"])] if {"mean", "std"} <= set(_first) else []
_net.mean.fill_(0)
_net.std.fill_(1)
_by_hand = _asked(_net, (images - np.float32(0.4)) / np.float32(0.25), chance=1)
_unscaled = _asked(_net, images, chance=1)
_net.mean.fill_(0.4)
_net.std.fill_(0.25)
_by_itself = _asked(_net, images, chance=1)
_other = _built(seed + 1)
_other.load_state_dict(_net.state_dict())
_other.eval()
[_start, _unscaled, _by_hand, _by_itself, _asked(_other, images, chance=1)]
"""
LOGITS = """
_net.eval()
_small = _asked(_net, images)
with torch.no_grad():
    for _weights in _net.parameters():
        _weights.mul_(10)
[_small, _asked(_net, images)]
"""


def make(seed: int, count: int) -> np.ndarray:
    """Pictures of stripes and noise between 0 and 1, each of another brightness."""
    rng = np.random.default_rng(seed)
    stripes = 0.2 * np.sin(np.arange(16) * rng.uniform(0.3, 2, (count, 1, 1, 1)))
    return (rng.uniform(0.3, 0.7, (count, 1, 1, 1)) + stripes + rng.normal(0, 0.1, (count, 1, 16, 16))).astype(
        "float32"
    )


def test_shape_and_budget(notebook):
    told = notebook.run(BUILD + SHAPES, seed=411, images=make(412, 6))
    assert isinstance(told, list)
    one, many, weights, kinds = told
    numbers(one, (1, 10))
    numbers(many, (6, 10))
    assert isinstance(weights, dict)
    size = sum(numbers(values).size for values in weights.values())
    assert 0 < size <= BUDGET, f"{size} parameters"
    assert isinstance(kinds, list)
    assert kinds.count("Conv2d") >= 2, f"modules: {kinds}"


def test_evaluation_is_repeatable_and_alone(notebook):
    told = notebook.run(BUILD + MODES, seed=421, images=make(422, 6))
    assert isinstance(told, list)
    together, again, alone, brighter, training = told
    plain = numbers(together, (6, 10))
    assert np.ptp(plain, axis=0).min() > 1e-6, "all images have the same logits"
    check_same(again, plain)
    assert isinstance(alone, list)
    assert len(alone) == 6
    for place, one in enumerate(alone):
        check_same(numbers(one).ravel(), plain[place], rtol=1e-4, atol=1e-4)
    check_same(numbers(brighter, (6, 10))[0], plain[0], rtol=1e-4, atol=1e-4)
    assert isinstance(training, list)
    first, second = (numbers(one, (6, 10)) for one in training)
    assert np.abs(first - second).max() > 1e-3, "no dropout in training mode"


def test_scaling_travels_with_the_model(notebook):
    told = notebook.run(BUILD + SCALING, seed=431, images=make(432, 6))
    assert isinstance(told, list)
    start, unscaled, by_hand, by_itself, copied = told
    assert start == [0.0, 1.0], f"mean and std at first: {start}"
    scaled = numbers(by_hand, (6, 10))
    assert np.ptp(scaled, axis=0).min() > 1e-6, "all images have the same logits"
    assert np.abs(numbers(unscaled, (6, 10)) - scaled).max() > 1e-4, "the scale has no effect"
    check_same(by_itself, scaled, rtol=1e-3, atol=1e-3)
    check_same(copied, scaled, rtol=1e-3, atol=1e-3)


def test_output_is_logits(notebook):
    # Ten times the weights move logits much further than from 0 to 1.
    told = notebook.run(BUILD + LOGITS, seed=441, images=make(442, 6))
    assert isinstance(told, list)
    for answer in map(numbers, told):
        assert answer.shape == (6, 10)
        assert not np.allclose(answer.sum(axis=1), 1, atol=1e-3), "probabilities"
        highest = answer.max(axis=1, keepdims=True)
        assert not np.allclose(np.log(np.exp(answer - highest).sum(axis=1)) + highest[:, 0], 0, atol=1e-3), "logarithms"
    extreme = numbers(told[1])
    assert extreme.max() > 1.01, "no logit above 1"
    assert extreme.min() < -0.01, "no logit below 0"
