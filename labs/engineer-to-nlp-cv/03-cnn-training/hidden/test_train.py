"""Exercise `train`: what the loop does, watched from inside, and what comes of it.

All but the last test train a linear model, whose every step can be worked out here, with an `early_stop` of the lab's.
The last trains a network of the lab's on the lab's plates, so that a mistake in `SmallCNN` costs nothing here.
"""

import numpy as np

from grader.inside.probes import check_reported, check_same, is_equal, numbers

BATCH, RATE = 64, 5e-3
SEEN, JUDGED, LAST = 0, 1, 2  # which set an image is of: its second pixel says so, and its first pixel which one it is

# `_trained` calls the learner's `train` with a model and an `augment` that write down what they are given.
WATCHED = """
import math
import numpy as np
import torch
from torch import nn

_own_early_stop = early_stop

def _lab_early_stop(curve, patience):
    known = [loss for loss in curve if not math.isnan(loss)]
    best = curve.index(min(known)) if known else -1
    return best, len(curve) - 1 - best >= patience

class _Linear(nn.Module):
    def __init__(self, start, log):
        super().__init__()
        self.register_buffer("mean", torch.tensor(7.0))
        self.register_buffer("std", torch.tensor(9.0))
        self.weight = nn.Parameter(torch.from_numpy(start.copy()))
        self.log = log

    def forward(self, images):
        marks = images[:, 0, 0, :2].detach().numpy().round(4).tolist()
        self.log.append(("model", self.training, torch.is_grad_enabled(), marks))
        return ((images - self.mean) / self.std).flatten(1) @ self.weight.T

def _trained(start, sets, *plan):
    global early_stop
    log = []
    model = _Linear(start, log)

    def augment(images, generator):
        log.append(("augment", model.training, True, images[:, 0, 0, :2].numpy().round(4).tolist()))
        return images

    tensors = [Plates(torch.from_numpy(images.copy()), torch.from_numpy(labels)) for images, labels in sets]
    early_stop = _lab_early_stop
    try:
        report = train(model, dict(zip(["train", "val", "test"], tensors)), augment, Plan(*plan))
    finally:
        early_stop = _own_early_stop
    return {
        "report": report,
        "log": log,
        "weight": model.weight.detach().numpy().copy(),
        "scale": [float(model.mean), float(model.std)],
        "training": model.training,
        "sets": [(some.images.numpy(), some.labels.numpy()) for some in tensors],
    }

"""
ONE = WATCHED + "_trained(start, sets, *plan)"
REAL = """
import torch
from torch import nn

class _LabNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor(0.0))
        self.register_buffer("std", torch.tensor(1.0))
        self.layers = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10),
        )

    def forward(self, images):
        return self.layers((images - self.mean) / self.std)

torch.manual_seed(seed)
_net = _LabNet()
_plates = {name: load(name) for name in ("train", "val", "test")}
_report = train(_net, _plates, shake, Plan(epochs=25, patience=6, seed=seed))
_net.eval()
with torch.no_grad():
    _fresh = _net(torch.from_numpy(images)).numpy()
    _known = _net(_plates["test"].images).numpy()
[_report, _fresh, _known, _plates["test"].labels.numpy()]
"""

GLYPHS = [
    "01110 10001 10011 10101 11001 10001 01110",
    "00100 01100 00100 00100 00100 00100 01110",
    "01110 10001 00001 00110 01000 10000 11111",
    "11110 00001 00001 01110 00001 00001 11110",
    "00010 00110 01010 10010 11111 00010 00010",
    "11111 10000 11110 00001 00001 10001 01110",
    "00110 01000 10000 11110 10001 10001 01110",
    "11111 00001 00010 00100 01000 01000 01000",
    "01110 10001 10001 01110 10001 10001 01110",
    "01110 10001 10001 01111 00001 00010 01100",
]


def make_set(rng: np.random.Generator, count: int, kind: int, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Noise with a hint of its label, marked with its number and its kind."""
    labels = rng.integers(0, 10, count)
    images = rng.normal(0.5 + shift, 0.2, (count, 1, 16, 16))
    images[np.arange(count), 0, 3 + labels, 5] += 1
    images[:, 0, 0, 0], images[:, 0, 0, 1] = np.arange(count) / 1_000, kind
    return images.astype("float32"), labels


def make(seed: int, *, shift: float = 0.0) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Weights to begin with and three sets, of which the last two are brighter by `shift`."""
    rng = np.random.default_rng(seed)
    start = rng.normal(0, 0.05, (10, 256)).astype("float32")
    return start, [make_set(rng, 150, SEEN), make_set(rng, 60, JUDGED, shift), make_set(rng, 80, LAST, shift)]


def make_fresh(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Plates of vehicles that nobody has seen: strokes that are moved and turned, uneven light, dirt, noise."""
    rng = np.random.default_rng([seed, 20_451])
    labels = rng.integers(0, 10, count)
    y, x = np.mgrid[:16, :16] - 7.5
    images = []
    for label in labels:
        turn, dot = rng.normal(0, 0.12), rng.uniform(1.35, 1.9)
        down, right = rng.normal(0, 1.25, 2)
        glyph = np.pad(np.array([[int(mark) for mark in row] for row in GLYPHS[label].split()], dtype=float), 1)
        rows = np.clip((np.cos(turn) * (y - down) + np.sin(turn) * (x - right)) / dot + 4, 0, 7.999)
        columns = np.clip((np.cos(turn) * (x - right) - np.sin(turn) * (y - down)) / dot + 3, 0, 5.999)
        top, left = rows.astype(int), columns.astype(int)
        low, far = rows - top, columns - left
        strokes = (glyph[top, left] * (1 - far) + glyph[top, left + 1] * far) * (1 - low)
        strokes += (glyph[top + 1, left] * (1 - far) + glyph[top + 1, left + 1] * far) * low
        spot = rng.uniform(-8, 8, 2)
        dirt = 0.6 * rng.random() * np.exp(-((y - spot[0]) ** 2 + (x - spot[1]) ** 2) / rng.uniform(4, 20))
        light = 150 + rng.normal(0, 25) + rng.normal(0, 30) * x / 16 + rng.normal(0, 30) * y / 16
        seen = light * (1 - rng.uniform(0.35, 0.75) * strokes) * (1 - dirt) + rng.normal(
            0, rng.uniform(5, 16), (16, 16)
        )
        images.append(np.clip(np.round(seen), 0, 255)[None])
    return (np.array(images) / 255).astype("float32"), labels


def ask(notebook, start, sets, plan: tuple[int, int, int]) -> dict:
    """What was seen of a training by a plan (epochs, patience, seed), when its report has the right form."""
    told = notebook.run(ONE, start=start, sets=sets, plan=plan)
    assert isinstance(told, dict)
    report = told["report"]
    assert isinstance(report, dict), f"not a report: {report!r}"
    assert set(report) == {"curve", "best_epoch", "accuracy"}, f"entries: {sorted(map(str, report))}"
    assert isinstance(report["curve"], list), "the curve is not a list"
    assert 1 <= len(report["curve"]) <= plan[0], f"{len(report['curve'])} epochs"
    numbers(report["curve"])
    return told


def epochs_of(log: list) -> list[list[list[float]]]:
    """For each epoch the batches that went through `augment`; an epoch ends where the model is asked about others."""
    epochs, judged = [], True
    for who, _, _, marks in log:
        if who == "augment":
            if judged:
                epochs.append([])
            epochs[-1].append(marks)
        judged = who == "model" and all(kind != SEEN for _, kind in marks)
    return epochs


def cross_entropy(weight: np.ndarray, images: np.ndarray, labels: np.ndarray) -> float:
    """Of the linear model on scaled images."""
    scores = images.reshape(len(images), -1) @ weight.T
    top = scores.max(axis=1)
    return float(
        np.mean(np.log(np.exp(scores - top[:, None]).sum(axis=1)) + top - scores[np.arange(len(labels)), labels])
    )


def adam(start: np.ndarray, images: np.ndarray, labels: np.ndarray, batches: list[list[int]]) -> np.ndarray:
    """The weights after one step of Adam for each batch, as its inventors wrote it down."""
    weight, first, second = start.astype(float), np.zeros(start.shape), np.zeros(start.shape)
    for step, batch in enumerate(batches, start=1):
        rows = images[batch].reshape(len(batch), -1).astype(float)
        scores = np.exp(rows @ weight.T - (rows @ weight.T).max(axis=1, keepdims=True))
        error = scores / scores.sum(axis=1, keepdims=True) - np.eye(10)[labels[batch]]
        slope = error.T @ rows / len(batch)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weight -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weight


def scaled(sets: list, which: int, by: list[float]) -> np.ndarray:
    """The images of one set as the model scaled them."""
    mean, std = by
    assert std > 0, "std is not above 0"
    return (sets[which][0].astype(float) - mean) / std


def test_each_epoch_uses_every_training_image_once(notebook):
    start, sets = make(611)
    told = ask(notebook, start, sets, (3, 9, 5))
    again = ask(notebook, start, sets, (3, 9, 5))
    other = ask(notebook, start, sets, (3, 9, 6))
    augmented = [mark for who, _, _, marks in told["log"] if who == "augment" for mark in marks]
    assert {kind for _, kind in augmented} == {SEEN}, "images of val or test were augmented"
    epochs = epochs_of(told["log"])
    assert len(epochs) == 3, f"{len(epochs)} epochs"
    orders = []
    for batches in epochs:
        assert [len(batch) for batch in batches] == [64, 64, 22], f"batches of {[len(batch) for batch in batches]}"
        orders.append([round(1_000 * number) for batch in batches for number, _ in batch])
        assert sorted(orders[-1]) == list(range(150)), "not every image once"
    assert len(set(map(tuple, [*orders, range(150)]))) == 4, "the order is not new in each epoch"
    assert epochs_of(again["log"]) == epochs, "the same seed gave another order"
    assert epochs_of(other["log"])[0] != epochs[0], "another seed gave the same order"


def test_steps_are_those_of_adam(notebook):
    start, sets = make(621)
    told = ask(notebook, start, sets, (1, 9, 15))
    learned = [marks for who, _, grad, marks in told["log"] if who == "model" and grad and marks[0][1] == SEEN]
    batches = [[round(1_000 * number) for number, _ in marks] for marks in learned]
    assert len(batches) > 1, "fewer than two steps"
    assert max(map(max, batches)) < 150
    expected = adam(start, scaled(sets, SEEN, told["scale"]), sets[SEEN][1], batches)
    weight = numbers(told["weight"], (10, 256))
    assert np.abs(weight - start).max() > RATE, "nothing was learned"
    check_same(weight, expected, rtol=1e-3, atol=2e-4)


def test_modes(notebook):
    start, sets = make(631)
    told = ask(notebook, start, sets, (4, 9, 25))
    calls = [
        (training, grad, {kind for _, kind in marks}) for who, training, grad, marks in told["log"] if who == "model"
    ]
    learning = [(training, grad) for training, grad, kinds in calls if kinds == {SEEN}]
    judging = [(training, grad) for training, grad, kinds in calls if SEEN not in kinds]
    assert len(learning) + len(judging) == len(calls), "training images and others in one call"
    assert learning, "the model saw no training images"
    assert set(learning) == {(True, True)}, f"while it learns: {set(learning)}"
    assert judging, "the model was never judged"
    assert set(judging) == {(False, False)}, f"while it is judged: {set(judging)}"
    assert told["training"] is False, "handed back in training mode"


def test_best_weights_return(notebook):
    start, sets = make(641)
    # In val a third of the labels is wrong, so that its loss turns soon, and goes on rising.
    images, labels = sets[JUDGED]
    sets[JUDGED] = (images, np.where(np.arange(60) % 3 == 0, (labels + 3) % 10, labels))
    told = ask(notebook, start, sets, (60, 3, 35))
    curve, best = numbers(told["report"]["curve"]), told["report"]["best_epoch"]
    assert isinstance(best, int | np.integer), f"not an epoch: {best!r}"
    assert 0 < np.argmin(curve) == best, f"best epoch {best} of {curve}"
    assert len(curve) == best + 4, f"{len(curve)} epochs were run, the best was {best}, patience was 3"
    weight = numbers(told["weight"], (10, 256))
    loss = cross_entropy(weight, scaled(sets, JUDGED, told["scale"]), sets[JUDGED][1])
    assert abs(loss - curve.min()) < 1e-4, f"{loss} with the weights handed back, {curve.min()} at the best"
    assert curve[-1] - curve.min() > 1e-3
    short = ask(notebook, start, sets, (2, 3, 35))
    assert len(short["report"]["curve"]) == 2


def test_each_set_keeps_to_its_purpose(notebook):
    start, sets = make(651, shift=0.8)
    told = ask(notebook, start, sets, (12, 3, 45))
    check_same(told["scale"], [sets[SEEN][0].mean(dtype=float), sets[SEEN][0].std(dtype=float)], rtol=1e-3)
    for asked, back in zip(sets, told["sets"], strict=True):
        assert is_equal(list(back), list(asked)), "a set was changed"

    # Another test set, much darker and with other labels: all is as before, but for its own accuracy.
    images, labels = sets[LAST]
    darker = images - 0.6 * (np.arange(256).reshape(16, 16) > 15)
    changed = [*sets[:LAST], (darker.astype("float32"), (labels + 1) % 10)]
    after = ask(notebook, start, changed, (12, 3, 45))
    check_same(after["report"]["curve"], told["report"]["curve"], rtol=1e-5)
    check_same(after["weight"], told["weight"], rtol=1e-4, atol=1e-6)
    check_same(after["scale"], told["scale"], rtol=1e-5)
    assert after["report"]["accuracy"] != told["report"]["accuracy"], "the accuracy is not that of test"


def test_accuracy_holds_on_fresh_plates(notebook, seed, floor):
    images, labels = make_fresh(seed, 600)
    told = notebook.run(REAL, seed=seed, images=images)
    assert isinstance(told, list)
    report, fresh, known, answers = told
    assert isinstance(report, dict), f"not a report: {report!r}"
    tested = float(np.mean(numbers(known, (len(answers), 10)).argmax(axis=1) == numbers(answers)))
    check_reported(report["accuracy"], tested, within=1e-6)
    accuracy = float(np.mean(numbers(fresh, (600, 10)).argmax(axis=1) == labels))
    check_reported(report["accuracy"], accuracy, within=0.08)
    floor("accuracy", accuracy)
