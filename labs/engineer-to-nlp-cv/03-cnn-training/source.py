# %% [markdown] id="objective"
# # A small network that reads plates it has never seen
#
# *Software engineer to NLP and computer vision specialist, lab 3. About 55 minutes. You need Python classes and a
# little NumPy; PyTorch is explained as you meet it.*
#
# After this lab you can
#
# - write a convolutional network that fits a parameter budget and carries its own preprocessing;
# - train it so that it generalises: augmentation, early stopping, the best weights kept, and each of the three sets of
#   data used only for its own purpose;
# - look into a trained network and see which pixels its answer hangs on.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You write the software of the gates at three car parks in Muscat. A camera photographs the number plate of each
# vehicle, and a program that works well cuts the plate into digits. What reads the digits does not: it was written by
# hand, with thresholds, and dirt and low sun defeat it. A guard comes out and types the number.
#
# You will train a network in its place. It runs on the gate's own computer, which is small, so the network may have
# **at most 5,000 parameters**.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/crops.npy` | one digit as the camera sees it: 16 x 16 pixels, 0 (black) to 255 (white) | generated |
# | `data/crops.csv` | the same rows: vehicle, frame of the burst (0 or 1), label, set | generated |
#
# The crops are drawn by a program: strokes that are a little off centre and turned, light from one side, dirt, noise.
# The labels of the set `train` were typed in a hurry by guards, and about one in fourteen is wrong. Those of `val`
# and `test` were checked twice. Real plates would have more fonts, letters, and worse weather.
#
# Look at the column `vehicle`. Each digit was photographed twice within a second, and the two frames are nearly the
# same picture. A vehicle is therefore in one set only. With frames dealt out at random, the test set would hold twins
# of training pictures, and its score would be about memory.

# %% id="setup"
import copy
import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import torch
from torch import nn

torch.set_num_threads(1)  # such a small network gains nothing from more

BATCH = 64  # images in one step of training
RATE = 5e-3  # learning rate of Adam


class Plates(NamedTuple):
    """n crops: `images` (n, 1, 16, 16) float32 between 0 and 1, and `labels` (n,) int64."""

    images: torch.Tensor
    labels: torch.Tensor


class Plan(NamedTuple):
    """How long to train at most, how long to wait for a better epoch, and what decides chance."""

    epochs: int
    patience: int
    seed: int


def load(name: str) -> Plates:
    """One of the sets: "train", "val" or "test"."""
    rows = pd.read_csv(Path("data") / "crops.csv")
    mine = (rows["set"] == name).to_numpy()
    images = torch.from_numpy(np.load(Path("data") / "crops.npy")[mine]).float() / 255
    return Plates(images[:, None], torch.from_numpy(rows.loc[mine, "label"].to_numpy()))


def shake(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """The images as they might as well have been: each moved by up to two pixels, with a little noise."""
    padded = nn.functional.pad(images, (2, 2, 2, 2), mode="replicate")
    moves = torch.randint(0, 5, (len(images), 2), generator=generator).tolist()
    moved = [image[:, y : y + 16, x : x + 16] for image, (y, x) in zip(padded, moves, strict=True)]
    return torch.stack(moved) + 0.03 * torch.randn(images.shape, generator=generator)


plates = {name: load(name) for name in ("train", "val", "test")}
{name: len(some.labels) for name, some in plates.items()}

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run these four cells and read what they show. They are about queues at a petrol station
# in Amman: how many cars stood there when somebody counted, at 24 times of day.
#
# **One: a module is a class with weights.** What you assign to `self` in `__init__` is found by PyTorch, if it is a
# layer, a `nn.Parameter`, or registered with `register_buffer`. A buffer is a number that belongs to the model, is
# saved with it, and is not trained. Layers in a plain Python list are *not* found: they are never trained or saved.

# %% id="example-module"


class Queue(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("noon", torch.tensor(12.0))
        self.layers = nn.Sequential(nn.Linear(1, 64), nn.Tanh(), nn.Dropout(0.1), nn.Linear(64, 1))

    def forward(self, hours: torch.Tensor) -> torch.Tensor:
        return self.layers((hours - self.noon) / 6)


torch.manual_seed(3)
queue = Queue()
{name: tuple(values.shape) for name, values in queue.state_dict().items()}

# %% [markdown] id="example-modes"
# **Two: a module has two modes.** Dropout throws away a random part of the signal, so that no weight relies on one
# other weight. That is for training. Call the model twice in training mode and you get two answers; in evaluation
# mode, one. Batch normalisation has the same switch: in training it uses the mean of the batch, in evaluation a mean
# that it has stored. Forget the switch, and an answer depends on chance and on its neighbours.

# %% id="example-two-modes"
nine = torch.tensor([[9.0]])
queue.train()
print("train:", queue(nine).item(), queue(nine).item())
queue.eval()
print("eval: ", queue(nine).item(), queue(nine).item())

# %% [markdown] id="example-overfit"
# **Three: too long is as bad as too short.** We train on eight counts and write down the loss on the sixteen others.
# It falls, it turns, it rises: from there on the network learns the noise. The weights we want are those of the
# turning point. Note `clone()`: `state_dict()` hands out the weights themselves, which go on changing.

# %% id="example-training"
hours = torch.rand(24, 1) * 12 + 6
cars = 8 * torch.exp(-((hours - 8) ** 2) / 4) + 2 * torch.randn(24, 1)
seen, unseen = slice(0, 8), slice(8, 24)
optimiser = torch.optim.Adam(queue.parameters(), lr=0.03)
losses, kept = [], {}
for _ in range(200):
    queue.train()
    loss = nn.functional.mse_loss(queue(hours[seen]), cars[seen])
    optimiser.zero_grad()  # else the slopes of all steps so far are added up
    loss.backward()
    optimiser.step()
    queue.eval()
    with torch.no_grad():
        losses.append(nn.functional.mse_loss(queue(hours[unseen]), cars[unseen]).item())
    if losses[-1] == min(losses):
        kept = {name: values.clone() for name, values in queue.state_dict().items()}
queue.load_state_dict(kept)
print(f"first {losses[0]:.1f}, best {min(losses):.1f} (step {np.argmin(losses)}), last {losses[-1]:.1f}")

# %% [markdown] id="example-slope"
# **Four: slopes are for looking, too.** Training asks how the loss changes with each weight. One can as well ask how
# an answer changes with its *input*: here, by how many cars the queue grows or shrinks in an hour, at 9 and at 15.

# %% id="example-input-slope"
when = torch.tensor([[9.0], [15.0]], requires_grad=True)
(slope,) = torch.autograd.grad(queue(when).sum(), when)
print("cars more in an hour, at 9 and at 15:", [round(value, 2) for value in slope.flatten().tolist()])

# %% [markdown] id="network-task"
# ## 1. A network within a budget (5 points)
#
# Write `SmallCNN`. A convolution looks for the same small pattern everywhere in the picture, so it needs few weights
# and does not mind when a digit is two pixels further left. Two of them, each followed by a pooling that halves the
# picture, leave 4 x 4 places; a linear layer makes ten scores of that.
#
# Two habits belong to it. The model scales its own input, with a mean and a standard deviation that it keeps as
# buffers: whoever loads the model cannot forget the scaling, or take another. And it returns **logits**, scores of
# any size, since `nn.functional.cross_entropy` has the softmax inside.
#
# <details><summary>Hint 1: the idea</summary>
#
# Count before you write: a convolution of 3 x 3 from a to b channels has 9ab + b weights, a linear layer from a to b
# has ab + b. With 8 and 16 channels you stay under 4,000. Everything with weights must be an attribute of the module,
# or inside an `nn.Sequential` that is one.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `nn.Conv2d(1, 8, 3, padding=1)` keeps the size, `nn.MaxPool2d(2)` halves it. `nn.BatchNorm2d(8)` after a convolution
# makes training steadier. `nn.Flatten()` keeps the first axis; `squeeze()` would lose it when there is one image.
# `nn.Dropout(0.25)`, unlike `nn.functional.dropout`, knows the module's mode by itself.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# super().__init__()
# self.register_buffer("mean", torch.tensor(0.0))
# self.register_buffer("std", ...)
# self.layers = nn.Sequential(
#     nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
#     nn.Conv2d(8, 16, ...), ...,
#     nn.Flatten(), nn.Dropout(0.25), nn.Linear(..., 10),
# )
# # and forward: self.layers((images - self.mean) / self.std)
# ```
#
# </details>

# %% exercise="network"


class SmallCNN(nn.Module):
    """Reads a digit from a crop.

    It has at least two `nn.Conv2d`, dropout, and at most 5,000 parameters, all of which its output depends on. `mean`
    and `std` are buffers, scalars of float32, 0 and 1 at first.

    `forward` takes n images (n, 1, 16, 16), n at least 1, and returns n logits for each of the ten digits, (n, 10),
    any real numbers, of the images scaled as (images - mean) / std. In evaluation mode the logits of an image are the
    same each time, and the same alone as among others. In training mode dropout makes them differ from call to call.
    """

    ### BEGIN SOLUTION
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(0.0))
        self.register_buffer("std", torch.tensor(1.0))
        self.layers = nn.Sequential(
            *(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10)),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.layers((images - self.mean) / self.std)

    ### END SOLUTION


# %% check="network"
assert "SmallCNN" in globals(), "There is no SmallCNN yet: write the class in the cell above, then run that cell."
torch.manual_seed(0)
net = SmallCNN()
some = plates["val"].images[:7]
assert net(some).shape == (7, 10), f"Seven images need seven rows of ten logits, not {tuple(net(some).shape)}."
size = sum(weights.numel() for weights in net.parameters())
assert 0 < size <= 5_000, f"{size} parameters: between 1 and 5,000 are allowed. Where are most of them?"
assert {"mean", "std"} <= set(net.state_dict()), "`mean` and `std` must be registered as buffers, to be saved too."
net.eval()
with torch.no_grad():
    together = net(some)
    assert torch.equal(together, net(some)), "Two calls in evaluation mode differ. Is dropout still on?"
    assert net(some[:1]).shape == (1, 10), "One image is a batch of one: keep the first axis."
    assert torch.allclose(net(some[:1]), together[:1], atol=1e-5), (
        "An image's logits depend on the other images of the batch, even in evaluation mode."
    )
    assert not torch.allclose(together.exp().sum(1), torch.ones(7)), "These are probabilities. Return the logits."
    net.mean.fill_(0.5)
    assert not torch.allclose(net(some), together), "`mean` has no effect: scale the images in `forward`."
print(f"A network of {size} parameters.")

# %% [markdown] id="stop-task"
# ## 2. When to stop (4 points)
#
# Write `early_stop`. It is asked after each epoch (one pass through the training images) and is told the validation
# losses so far. It says which epoch's weights are to be kept, and whether it is time to stop.
#
# This is plain Python, and its edges matter: losses go flat, so an equal loss is not an improvement. And they explode:
# a loss that is NaN is not better than anything, though `min` and `np.argmin` each have their own opinion of that.
#
# <details><summary>Hint 1: the idea</summary>
#
# Walk through the curve with two variables, the best loss so far and its epoch. A comparison with NaN is always false,
# and that is useful here if you put the question the right way round: is this loss *less* than the best?
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# Begin with `math.inf` as the best loss and -1 as its epoch; `enumerate(curve)` gives epoch and loss. With `<` the
# first of equal losses wins. The number of epochs since the best is `len(curve) - 1 - best`, and -1 as the best makes
# that right even where no loss is a number.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# best, lowest = -1, math.inf
# for epoch, loss in enumerate(curve):
#     if loss < lowest:
#         best, lowest = ...
# waited = len(curve) - 1 - best
# return best, waited >= ...
# ```
#
# </details>

# %% exercise="stop"


def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    """The epoch whose weights to keep, and whether to stop training.

    Args:
        curve: validation loss after each epoch so far, epoch 0 first; at least one; any may be NaN.
        patience: how many epochs without a new best loss are enough to stop; at least 1.

    Returns:
        The epoch with the lowest loss, the first of them where several are equal, NaN never; -1 where all are NaN. And
        True when `patience` epochs or more have gone by since that epoch (since the start, where it is -1), else False.
    """
    ### BEGIN SOLUTION
    best, lowest = -1, math.inf
    for epoch, loss in enumerate(curve):
        if loss < lowest:
            best, lowest = epoch, loss
    return best, len(curve) - 1 - best >= patience
    ### END SOLUTION


# %% check="stop"
assert early_stop([0.9, 0.7, 0.8], patience=2) == (1, False), "One epoch after the best, with a patience of two: go on."
assert early_stop([0.9, 0.7, 0.8, 0.75], patience=2) == (1, True), "Two epochs without a new best: stop, keep epoch 1."
assert early_stop([0.9, 0.7, 0.7, 0.7], patience=2) == (1, True), "An equal loss is no improvement: keep the first."
assert early_stop([math.nan, 0.7, 0.8], patience=2) == (1, False), "NaN is not a low loss: the best is epoch 1."
print("It knows when to stop.")

# %% [markdown] id="train-task"
# ## 3. Training that does not fool itself (7 points)
#
# Write `train`. Three sets of plates come in, each with one purpose:
#
# - `train` teaches the weights, and the scaling. Its images, and no others, go through `augment`, which makes new
#   variants of them.
# - `val` decides after each epoch whether this was the best one. You *choose* by it, so its score is flattered, and it
#   must look like real traffic: not augmented, evaluation mode.
# - `test` is looked at once, when all is decided. Its accuracy is what you promise to your manager.
#
# A loss that is small on `val` and then leaves with the *last* weights is a common mistake, and so is a copy of the
# best weights that is none.
#
# <details><summary>Hint 1: the idea</summary>
#
# The worked example has the skeleton: mode, loss, zero, backward, step; then evaluation. Around it you need a shuffled
# order of the images for each epoch, cut into batches; and after it, the best weights, evaluation mode and one look at
# `test`. Keep a copy of the weights whenever `early_stop` says that the epoch just finished is the best.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `model.mean.copy_(fit.images.mean())` fills a buffer, if `fit = sets["train"]`. The generator
# `torch.Generator().manual_seed(plan.seed)` goes to `torch.randperm(n, generator=generator)` and to `augment`; dropout
# listens to `torch.manual_seed(plan.seed)`. `.split(BATCH)` cuts a tensor. `copy.deepcopy(model.state_dict())` is a
# real copy. `.item()` makes a number of a loss.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# for _ in range(plan.epochs):
#     model.train()
#     for batch in torch.randperm(len(fit.labels), generator=generator).split(BATCH):
#         loss = nn.functional.cross_entropy(model(augment(fit.images[batch], generator)), fit.labels[batch])
#         ...  # zero, backward, step
#     model.eval()
#     with torch.no_grad():
#         curve.append(nn.functional.cross_entropy(model(val.images), val.labels).item())
#     best, stop = early_stop(curve, plan.patience)
#     if best == len(curve) - 1:
#         kept = copy.deepcopy(...)
#     if stop:
#         break
# model.load_state_dict(kept)
# ```
#
# </details>

# %% exercise="train"


def train(
    model: nn.Module,
    sets: dict[str, Plates],
    augment: Callable[[torch.Tensor, torch.Generator], torch.Tensor],
    plan: Plan,
) -> dict:
    """Train a model in place, until `early_stop` says so or for `plan.epochs` epochs (at least 1).

    `sets` has "train", "val" and "test". First the buffers `model.mean` and `model.std` are set to the mean and the
    standard deviation of all pixels of "train". In each epoch every image of "train" is used once, in a new random
    order, in batches of BATCH (the last may be smaller), each passed through `augment(images, generator)`. One step of
    Adam with learning rate RATE for each batch, down the slope of the mean cross entropy. The model is in training mode
    for that, and in evaluation mode and without gradients wherever it is asked about "val" or "test", whose images are
    never augmented.

    `plan.seed` decides everything that is random: two calls with equal models and arguments give equal results, and
    another seed another order. The sets are not changed.

    Returns:
        curve: list of floats, the mean cross entropy over "val" after each epoch that was run;
        best_epoch: int, the epoch that `early_stop` says to keep (at least one loss is a number);
        accuracy: float, the share of "test" that is read right with the weights of that epoch.
        The model has those weights then, and is in evaluation mode.
    """
    ### BEGIN SOLUTION
    fit, val, test = sets["train"], sets["val"], sets["test"]
    torch.manual_seed(plan.seed)
    generator = torch.Generator().manual_seed(plan.seed)
    model.mean.copy_(fit.images.mean())
    model.std.copy_(fit.images.std())
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    curve, kept = [], {}
    for _ in range(plan.epochs):
        model.train()
        for batch in torch.randperm(len(fit.labels), generator=generator).split(BATCH):
            loss = nn.functional.cross_entropy(model(augment(fit.images[batch], generator)), fit.labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        model.eval()
        with torch.no_grad():
            curve.append(nn.functional.cross_entropy(model(val.images), val.labels).item())
        best, stop = early_stop(curve, plan.patience)
        if best == len(curve) - 1:
            kept = copy.deepcopy(model.state_dict())
        if stop:
            break
    model.load_state_dict(kept)
    with torch.no_grad():
        right = model(test.images).argmax(1) == test.labels
    return {"curve": curve, "best_epoch": best, "accuracy": right.float().mean().item()}
    ### END SOLUTION


# %% check="train"
assert "SmallCNN" in globals(), "There is no SmallCNN to train yet: exercise 1 comes first."
reports, nets = {}, {}
for name, augment in {"as they are": lambda images, _: images, "shaken": shake}.items():
    torch.manual_seed(0)
    nets[name] = SmallCNN()
    reports[name] = train(nets[name], plates, augment, Plan(epochs=30, patience=6, seed=0))
report, net = reports["shaken"], nets["shaken"]
assert set(report) == {"curve", "best_epoch", "accuracy"}, "Return the three entries that the docstring names."
assert report["curve"][report["best_epoch"]] == min(report["curve"]), "`best_epoch` is not the lowest of the curve."
assert not net.training, "Hand the model back in evaluation mode."
assert torch.isclose(net.mean, plates["train"].images.mean()), "`model.mean` should be the mean of the training pixels."
with torch.no_grad():
    now = nn.functional.cross_entropy(net(plates["val"].images), plates["val"].labels).item()
assert abs(now - min(report["curve"])) < 1e-4, (
    f"The model has a loss of {now:.4f} on val, and its best epoch had {min(report['curve']):.4f}. Was a real copy of "
    "the weights kept and put back? Was val judged in evaluation mode, not augmented, and test left alone?"
)
assert report["accuracy"] > 0.8, (
    f"Only {report['accuracy']:.0%} of the test digits are read. Is every image used in each epoch, in batches? Are "
    "the slopes set to zero before `backward`? Does cross_entropy get logits?"
)
_, ax = plt.subplots(figsize=(6, 3))
for name, told in reports.items():
    print(f"{name:>11}: best epoch {told['best_epoch']}, {told['accuracy']:.0%} of the test digits read")
    ax.plot(told["curve"], label=name)
    ax.plot(told["best_epoch"], min(told["curve"]), "o", color="black")
ax.set(title="New variants in each epoch: the loss on val ends lower", xlabel="Epoch", ylabel="Loss on val")
ax.legend()

# %% [markdown] id="saliency-task"
# ## 4. What it looks at (4 points)
#
# Write `saliency`: for each image, how strongly each pixel moves the score of the digit that the network reads. If it
# looks at the frame of the plate and not at the digit, you want to know before it is at the gate.
#
# Looking must leave no trace. A function for a dashboard that switches the model to another mode, or leaves slopes in
# its weights for the next optimiser step, is a fault that takes days to find.
#
# <details><summary>Hint 1: the idea</summary>
#
# It is part four of the worked example with 256 inputs. Take the logit of the digit that wins, of each image; in
# evaluation mode no image touches another, so the sum of these logits has the right slope for every image at once.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `images.clone().requires_grad_()` is a copy with slopes. `logits.max(1).values.sum()` is the sum of the winners.
# `torch.autograd.grad(total, pixels)` hands you the slope and touches no weight; `backward()` would leave slopes in
# all of them. `.amax((1, 2), keepdims=True)` is each image's largest. `model.training` tells the mode;
# `model.train(mode)` sets it.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# was_training = model.training
# model.eval()
# pixels = images.clone().requires_grad_()
# (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
# model.train(...)
# strength = slope.abs()[:, 0].numpy()
# largest = strength.max(axis=(1, 2), keepdims=True)
# return strength / np.where(largest > 0, ..., 1)
# ```
#
# </details>

# %% exercise="saliency"


def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    """How strongly each pixel moves the logit of the digit that the model reads.

    Args:
        model: takes (n, 1, 16, 16) and gives (n, 10) logits; in any mode.
        images: n crops (n, 1, 16, 16), float32; n at least 1.

    Returns:
        n maps (n, 16, 16), floats of at least 0: the absolute slope of an image's highest logit by each of its pixels,
        in evaluation mode, divided by the largest value of the same map. Where all slopes of an image are 0, its map
        is 0. The model's mode, its weights and their `grad` are as they were before, and so are the images.
    """
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
    model.train(was_training)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
    ### END SOLUTION


# %% check="saliency"
assert "net" in globals(), "There is no network to look into yet: run the checks of exercises 1 and 3 first."
eight = plates["test"].images[:8]
net.zero_grad()
net.train()
maps = saliency(net, eight)
assert isinstance(maps, np.ndarray), "Return a NumPy array."
assert maps.shape == (8, 16, 16), f"Eight images need eight maps of 16 x 16, not {maps.shape}."
assert (maps >= 0).all(), "Strength has no sign: take the absolute value."
assert np.allclose(maps.max(axis=(1, 2)), 1), "Scale each map by its own largest value."
assert net.training, "The model came in training mode and did not leave in it."
assert all(weights.grad is None or not weights.grad.any() for weights in net.parameters()), (
    "Slopes were left in the weights: the next step of an optimiser would add them."
)
net.eval()
figure, axes = plt.subplots(2, 8, figsize=(9, 2.6))
for column, (image, strengths) in enumerate(zip(eight, maps, strict=True)):
    axes[0, column].imshow(image[0], cmap="gray", vmin=0, vmax=1)
    axes[1, column].imshow(strengths, cmap="magma")
    axes[0, column].set_title(f"reads {net(image[None]).argmax().item()}", fontsize=8)
for ax in axes.flat:
    ax.axis("off")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A vendor offers the car parks a reader of its own: *"We trained for 200 epochs and took the epoch with the best score
# on your test plates: 97 %! Every frame of your bursts was in the shuffle, so we had twice the data. Guards can go home
# on Sunday."*
#
# Answer in five to eight sentences that the manager of the car parks can follow. Say what is wrong with the number (two
# things), what will happen at the gates, how you would measure it honestly, and what you would do until then. A person
# grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Why take mean and standard deviation from the training images? It hardly moves the score.</summary>
#
# Because the model then depends on nothing that it will be judged on. With pixels the harm is tiny, which is why nobody
# notices; with a feature whose scale tells the answer it is not. And the gate has no test set to compute it from.
#
# </details>
# <details><summary>Why does the loss on val rise while its accuracy stays the same?</summary>
#
# The network grows surer of everything, its mistakes included. Cross entropy punishes a sure mistake, accuracy counts
# it as one.
#
# </details>
# <details><summary>You picked the best of 40 epochs by val. Why not report val's accuracy?</summary>
#
# Forty tries were made and the luckiest was kept. The score of a winner is too high, as a raffle's winner says little
# about the other tickets. `test` was not asked before all was decided.
#
# </details>
# <details><summary>Why is a training image shaken and a validation image not?</summary>
#
# Shaking makes the network indifferent to what does not matter. Validation asks how it does on real traffic, and the
# traffic is not shaken by us; random variants would also make the curve jump, and early stopping would follow luck.
#
# </details>
# <details><summary>The two frames of a burst differ by noise only. Is it worth training on both?</summary>
#
# A little: it is augmentation by the camera itself. What they must not do is stand on both sides of a split.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# The gate reads whole plates: four digits, and one misread digit is a wrong bill. Let the network say "I do not know":
# find, on `val`, the threshold of the highest softmax probability above which 99 of 100 digits are read right, and see
# on `test` how many digits still go to the guard. Does the promise hold there? Then shake the test images with more
# noise and look at both numbers again.
