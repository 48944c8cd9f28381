# %% [markdown] id="objective"
# # What a filter sees
#
# *Software engineer to NLP and computer vision specialist, lab 2. About 50 minutes. You need Python and NumPy:
# slices, shapes, dtypes.*
#
# After this lab you can
#
# - write a convolution, the sum of products that every vision network is made of, and check it against plain loops;
# - find edges and objects in a photo with OpenCV, and know what its defaults do to your numbers;
# - make more training photos out of few, so that boxes move with their pictures and no byte wraps around.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# At the gate of a container terminal near Sohar, Oman, a camera looks at the doors of each container that a truck
# brings in. White plates on the doors carry the owner's code, weights and the safety approval. Before anything can be
# read, the plates must be found. Later labs train networks for it. This one builds what they are made of, and a
# detector without learning, which any network would have to beat.
#
# **Where the data comes from**
#
# | file | what it is | made how |
# |---|---|---|
# | `data/doors.npy` | 12 photos: 96 rows, 128 columns, red, green, blue, a byte each | drawn |
# | `data/plates.csv` | one plate of one photo: its box `x`, `y`, `w`, `h` in pixels | as drawn |
#
# All photos are drawn by a program; no camera took them. They have paint in five colours, locking bars, a yellow
# warning sign, glare on wet steel, changing light and the noise of a sensor. Photo 7 was taken at dusk. Real doors add
# rust, rain, slant and motion blur, so take the scores here as those of an easy day.
#
# **Two conventions to know.** An image is an array with *rows first*: `img[y, x]`, shape (height, width). A box is
# written *x first*: `(x, y, w, h)`, x to the right and y down, its corner at the upper left. It covers the columns x to
# x + w - 1 and the rows y to y + h - 1. Half of all bugs with boxes mix these two up.

# %% id="setup"
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from skimage.measure import label, regionprops

DATA = Path("data")
doors = np.load(DATA / "doors.npy")
plates = pd.read_csv(DATA / "plates.csv")

_, ax = plt.subplots(1, 3, figsize=(10, 2.6))
for axis, number in zip(ax, [0, 4, 7], strict=True):
    axis.imshow(doors[number])
    axis.set(title=f"Photo {number}", xticks=[], yticks=[])

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Before you write anything, run these three cells and read what they show. They are about water tanks in Salalah.
#
# **One: a filter is a dot product that slides.** Hourly levels (cm) come with one wild reading. The mean of each three
# neighbours is a window times weights. `sliding_window_view` makes all windows at once, without copying: n values and
# a window of k give n - k + 1 answers. In two dimensions it is the same, with a window of rows and columns.

# %% id="example-window"
levels = np.array([50, 51, 49, 90, 52, 51])
windows = sliding_window_view(levels, 3)
print(windows.shape, windows @ np.array([1, 1, 1]) / 3)

# %% [markdown] id="example-bytes-text"
# **Two: bytes wrap.** A pixel is a `uint8`: 0 to 255. NumPy counts on past the end like an odometer, and below zero
# too. OpenCV's own functions stop at the ends instead (they *saturate*). Be clear which of the two you are calling, or
# go to a wider type first and `clip` at the end.

# %% id="example-bytes"
tank = np.array([[10, 120, 250]], dtype=np.uint8)
print("numpy + 20:", tank + np.uint8(20), " opencv + 20:", cv2.add(tank, np.full_like(tank, 20)))
print("differences in bytes:", np.diff(tank)[0], " in int:", np.diff(tank.astype(int))[0])
print("tank - 200 in bytes:", tank - np.uint8(200), " clipped:", np.clip(tank.astype(int) - 200, 0, 255))

# %% [markdown] id="example-order-text"
# **Three: which byte is red?** Our photos are red, green, blue. OpenCV's `imread` gives blue, green, red, and every
# function that is told `BGR2GRAY` weighs accordingly. Nothing raises when you mix them up; the sky turns orange, and
# the weights go to the wrong channels.

# %% id="example-order"
red = np.array([[[200, 0, 0]]], dtype=np.uint8)
for order in ("RGB", "BGR"):
    gray = cv2.cvtColor(red, getattr(cv2, f"COLOR_{order}2GRAY"))
    print(f"200 in the first channel, taken for {order}: gray {gray[0, 0]}")

# %% [markdown] id="conv-task"
# ## 1. The sum that slides (5 points)
#
# Write `conv2d`. At each place the kernel lies on the image; multiply what lies on each other, add it all up, move on
# by `stride`. This is what networks call a convolution. (Mathematicians first turn the kernel by 180 degrees; what
# networks compute is their cross-correlation. For a symmetric kernel there is no difference, which is how the mix-up
# survives code reviews.)
#
# `pad` puts a frame of zeros around the image first. Images come as bytes; the sums do not fit into them.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three steps: to floats, a frame of zeros, all windows of the kernel's shape. Each answer is a dot product of one
# window and the kernel. A stride is nothing but taking every second or third window, in both directions.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.pad(img, pad)` pads both axes on both sides. `sliding_window_view(padded, k.shape)` has four axes: where (row,
# column), then inside the window (row, column). Slice the first two with `[::stride, ::stride]`. Multiplying by `k`
# broadcasts over the last two; sum over these. `cv2.filter2D` does not flip either, but has no stride.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# padded = np.pad(img.astype(float), pad)
# windows = sliding_window_view(padded, k.shape)[...]
# return (windows * k).sum(axis=(2, 3))
# ```
#
# </details>

# %% exercise="conv"


def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """The image filtered by a kernel that is not flipped, as in a network's layer.

    Args:
        img: H rows, W columns, any type of number (often uint8), any size from 1 x 1.
        k: kernel of h rows and w columns, any type of number, even or odd sizes; it fits into the padded image.
        stride: rows, and columns, from one place to the next; 1 or more.
        pad: width of the frame of zeros on all four sides; 0 or more.

    Returns:
        Floats of (H + 2 pad - h) // stride + 1 rows and (W + 2 pad - w) // stride + 1 columns. Row i, column j is the
        sum over a and b of P[i stride + a, j stride + b] * k[a, b], where P is the image with its frame. Neither
        input is changed.
    """
    ### BEGIN SOLUTION
    padded = np.pad(img.astype(float), pad)
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3))
    ### END SOLUTION


# %% check="conv"
small = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 200]], dtype=np.uint8)
step = np.array([[1, -1]])
answer = conv2d(small, step, 1, 0)
assert isinstance(answer, np.ndarray), "Return an array."
assert answer.shape == (3, 2), f"A kernel of 1 x 2 has 3 x 2 places in an image of 3 x 3, not {answer.shape}."
assert answer[0, 0] == -1, "1 * 1 + 2 * -1 is -1. Is it +1, then the kernel was flipped; 255, then a byte wrapped."
assert answer[2, 1] == -192, "8 - 200 is -192: bytes cannot hold it. Go to floats first."
assert conv2d(small, np.full((2, 2), 2), 1, 0)[1, 1] == 438, "2 * (5 + 6 + 8 + 200) is 438: no byte holds it either."
assert conv2d(small, np.ones((2, 2)), 1, 1).shape == (4, 4), "With a frame of 1 the image is 5 x 5: 4 x 4 places."
assert conv2d(small, np.ones((2, 2)), 1, 1)[0, 0] == 1, "In the corner three of four pixels are frame, and 0."
assert conv2d(small, np.ones((1, 1)), 2, 0).tolist() == [[1, 3], [7, 200]], "Stride 2: every other row and column."
paint = doors[0][54:74, 60:76, 0]
smooth = conv2d(paint, np.full((9, 1), 1 / 9), 1, 0)
noise = [part.std(axis=0).mean() for part in (paint, smooth)]
print(f"noise down a column of paint: {noise[0]:.1f}; after averaging nine rows at a time: {noise[1]:.1f}")

# %% [markdown] id="edges-task"
# ## 2. Edges (5 points)
#
# Where brightness changes fast, there is an edge. Two Sobel kernels measure the slope to the right and the slope
# downwards; the length of this little vector is the strength of the edge, whichever way it runs.
#
# Three things to look out for. From bright to dark the slope is *negative*, and an output of bytes would make it 0.
# Our photos are RGB. And what lies beyond the frame of the picture? Here the outermost pixels are repeated, so that
# the picture's own border is no edge.
#
# <details><summary>Hint 1: the idea</summary>
#
# Four steps: three channels to one, slope to the right, slope downwards, length of the two by Pythagoras. Ask at each
# step which type your numbers have, and whether it can hold what comes out.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)`. `cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=...)` is the slope to
# the right; 0, 1 is the one downwards; `cv2.BORDER_REPLICATE` repeats the outermost pixels. `np.hypot`. Or use your
# `conv2d` on an image that `np.pad(gray, 1, mode="edge")` has framed.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
# right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=...)
# down = cv2.Sobel(gray, cv2.CV_64F, ...)
# return np.hypot(...)
# ```
#
# </details>

# %% exercise="edges"


def edges(img: np.ndarray) -> np.ndarray:
    """The strength of the edge at each pixel.

    Args:
        img: photo of H rows, W columns and three channels, red, green, blue; uint8; any size from 1 x 1.

    Returns:
        H x W floats: sqrt(right^2 + down^2). `right` is the gray picture under the Sobel kernel [[-1, 0, 1],
        [-2, 0, 2], [-1, 0, 1]], not flipped, its centre on the pixel; `down` is the same under the transposed kernel.
        Gray is 0.299 red + 0.587 green + 0.114 blue, rounded to whole numbers or not, as you like. Beyond the
        border the outermost pixels are repeated. The input is not changed.
    """
    ### BEGIN SOLUTION
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=3, borderType=cv2.BORDER_REPLICATE)
    return np.hypot(right, down)
    ### END SOLUTION


# %% check="edges"
stripe = np.full((5, 9, 3), 50, dtype=np.uint8)
stripe[:, 3:6] = 150
answer = edges(stripe)
assert isinstance(answer, np.ndarray), "Return an array."
assert answer.shape == (5, 9), f"One number for each pixel: 5 x 9, not {answer.shape}."
assert np.isclose(answer[2, 3], 400), (
    f"Up by 100 at the stripe's left side: 100 + 2 * 100 + 100 is 400, not {answer[2, 3]:.0f}. 255 is a full byte."
)
assert np.isclose(answer[2, 5], 400), "From bright to dark the slope is -400, its strength 400. Bytes would make it 0."
assert np.allclose(answer[:, 0], 0), "The border of the picture is no edge: repeat the outermost pixels."
red_half = np.zeros((5, 8, 3), dtype=np.uint8)
red_half[:, 4:, 0] = 200
assert abs(edges(red_half)[2, 4] - 239) < 7, "Red weighs 0.299. Do you take it for blue, 0.114? The photos are RGB."
corner = np.zeros((6, 6, 3), dtype=np.uint8)
corner[3:, 3:] = 100
assert np.isclose(edges(corner)[3, 3], 300 * np.sqrt(2)), "At a corner both slopes are 300: Pythagoras, not their sum."
_, ax = plt.subplots(1, 2, figsize=(8, 2.8))
for axis, picture, title in zip(ax, [doors[4], edges(doors[4])], ["Photo 4", "its edges"], strict=True):
    axis.imshow(picture, cmap="gray")
    axis.set(title=title, xticks=[], yticks=[])

# %% [markdown] id="boxes-task"
# ## 3. Find the plates (5 points)
#
# Plates are white: all three channels are high. (The yellow sign has much red and green, and little blue.) Glare is
# white too, but small. So: mark the bright pixels, put those that touch into groups, drop small groups, and draw a box
# around each that is left.
#
# Do the boxes run x first, and the arrays y first? Does the last column belong to the box? And a picture without any
# plate is no error: it has zero boxes, of four numbers each.
#
# <details><summary>Hint 1: the idea</summary>
#
# Groups of touching pixels are connected components: a flood fill from each pixel that is not yet in a group. The
# libraries have it ready, with the area and the box of each group. What is left to you is what they count, in which
# order they answer, and what they mean by touching.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `img.min(axis=2) >= 180` marks. `cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)` returns
# `count, labels, stats, centres`; a row of `stats` is x, y, w, h, area, and the first row is the background.
# Or `regionprops(label(mask, connectivity=2))` of scikit-image: `bbox` is (y, x, y end, x end), `area` counts
# pixels. (`cv2.contourArea` does not count pixels: a line of one pixel has area 0.)
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# bright = (img.min(axis=2) >= 180).astype(np.uint8)
# _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=...)
# found = [(x, y, w, h) for x, y, w, h, area in stats[1:].tolist() if ...]
# return np.array(sorted(found, key=lambda box: ...), dtype=int).reshape(-1, 4)
# ```
#
# </details>

# %% exercise="boxes"


def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    """The boxes of the white plates.

    Args:
        img: photo of H rows, W columns and three channels, red, green, blue; uint8; any size from 1 x 1.
        min_area: groups of fewer pixels than this are no plates.

    Returns:
        n x 4 whole numbers, a row (x, y, w, h) for each plate, n may be 0. A pixel is bright when each of its three
        channels is 180 or more. A group is a set of bright pixels that touch, by a side or by a corner, directly or
        through others of the group; its area is the number of its pixels. Each group of at least `min_area` pixels
        is a plate, also inside a ring-shaped one. Its box is the smallest that holds it. The order is from top to
        bottom, by y, and for the same y from left to right, by x. The input is not changed.
    """
    ### BEGIN SOLUTION
    bright = (img.min(axis=2) >= 180).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    found = [(x, y, w, h) for x, y, w, h, area in stats[1:].tolist() if area >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
    ### END SOLUTION


# %% check="boxes"
toy = np.full((9, 12, 3), 60, dtype=np.uint8)
toy[5:8, 1:6] = 200  # a plate of 5 x 3
toy[1:3, 8:12] = 230  # a plate of 4 x 2 at the right border
toy[8, 9] = 255  # glare
toy[4:8, 8] = (255, 255, 20)  # yellow paint
answer = find_boxes(toy, 3)
assert isinstance(answer, np.ndarray), "Return an array."
assert answer.shape == (2, 4), f"Two plates, four numbers each: not {answer.shape}. Glare and yellow are no plates."
assert answer.tolist() == [[8, 1, 4, 2], [1, 5, 5, 3]], "Top to bottom, each x, y, w, h, and columns 8 to 11 are four."
assert find_boxes(toy, 8).shape == (2, 4), "A plate of exactly min_area pixels is one."
assert find_boxes(toy, 500).shape == (0, 4), "No plate: an array of zero rows and four columns."
regions = regionprops(label(doors[0].min(axis=2) >= 180, connectivity=2))
assert len(find_boxes(doors[0], 5)) == sum(region.area >= 5 for region in regions), "scikit-image counts other groups."
slanted = np.zeros((4, 4, 3), dtype=np.uint8)
slanted[range(4), range(4)] = 255
assert find_boxes(slanted, 4).tolist() == [[0, 0, 4, 4]], "Pixels that touch by a corner are one group, of 4 pixels."


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """The shared area of two boxes, as a part of the area that they cover together."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(wide, 0) * max(high, 0)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


hits = 0
for number, true in plates.groupby("photo"):
    found = find_boxes(doors[number], 40)
    right = sum(max((overlap(box, plate) for box in found), default=0) > 0.8 for plate in true.iloc[:, 1:].to_numpy())
    hits += right
    if right < len(true):
        print(f"photo {number}: {right} of {len(true)} plates found, {len(found)} boxes")
print(f"{hits} of {len(plates)} plates found")

# %% [markdown] id="augment-task"
# ## 4. More photos out of few (5 points)
#
# A network wants thousands of photos, and you have twelve. Turn left into right, make brighter or darker: each time the
# same door, another picture. That is *augmentation*, and it is only right if the labels come along: a box that stays
# while its plate moves teaches the network that paint is a plate.
#
# It must also be repeatable. "Seed 17 made a bad picture" is a bug report; "once there was a bad picture" is none.
#
# <details><summary>Hint 1: the idea</summary>
#
# All chance comes from one generator made of `seed`; draw from it twice, once for the flip and once for the light. In
# a flipped picture the column x lands on W - 1 - x. So what was the box's *right* end is now its left.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `rng = np.random.default_rng(seed)`, `rng.random() < 0.5`, `rng.integers(-60, 61)`. `img[:, ::-1]` flips left and
# right. Add to `img.astype(int)`, then `np.clip(..., 0, 255)`, then back to `np.uint8`. Begin with `boxes.copy()`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# rng = np.random.default_rng(seed)
# new, moved = img.astype(int), boxes.copy()
# if rng.random() < 0.5:
#     new = new[:, ::-1]
#     moved[:, 0] = img.shape[1] - ...
# new = np.clip(new + rng.integers(-60, 61), 0, 255)
# return ..., moved
# ```
#
# </details>

# %% exercise="augment"


def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Another picture of the same door, and where its plates are now.

    Args:
        img: photo of H rows, W columns and three channels; uint8.
        boxes: n x 4 whole numbers, (x, y, w, h) of each plate inside the photo; n may be 0.
        seed: whole number, 0 or more; it alone decides what happens, whatever was called before.

    Returns:
        The new photo (H x W x 3, uint8) and the new boxes (n x 4 whole numbers, in the same order).
        With probability 1/2 the photo is mirrored left to right. Then one whole number, drawn evenly from -60 to 60,
        is added to all its values; what would fall below 0 is 0, and what would rise above 255 is 255. Mirroring
        and light are drawn independently. Each new box covers what its old box covered. Neither input is changed.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    new = np.clip(new + rng.integers(-60, 61), 0, 255)
    return new.astype(np.uint8), moved
    ### END SOLUTION


# %% check="augment"
photo, true = doors[4], plates.loc[plates["photo"] == 4, ["x", "y", "w", "h"]].to_numpy()
made = [augment(photo, true, seed) for seed in range(40)]
assert all(new.shape == photo.shape and new.dtype == np.uint8 for new, _ in made), "Return photos of bytes, same shape."
assert all(moved.shape == true.shape for _, moved in made), "As many boxes as before."
assert np.array_equal(augment(photo, true, 3)[0], made[3][0]), "The same seed must make the same picture again."
assert len({new.tobytes() for new, _ in made}) > 20, (
    "Forty seeds make few different pictures. Is the seed used? Was the photo that came in changed, again and again?"
)
flips = [bool((moved != true).any()) for _, moved in made]
assert 8 <= sum(flips) <= 32, (
    f"In {sum(flips)} of 40 answers the boxes have moved: about half should be mirrored, and their boxes with them. "
    "Did the boxes stay behind, or were those that came in changed?"
)
for (new, moved), flipped in zip(made, flips, strict=True):
    old = photo[:, ::-1] if flipped else photo
    light = np.median(new.astype(int) - old)
    assert abs(light) <= 60, "Light goes from -60 to 60. More: the picture and its boxes disagree, or bytes wrap."
    assert np.array_equal(new, np.clip(old + light, 0, 255)), (
        "The picture should be the old one, left to right where its boxes moved, plus one number, the same everywhere, "
        "cut off at 0 and 255. Is it mirrored in the wrong way, or do bytes wrap? Widen, add, clip."
    )
    x, y, w, h = moved[0]
    left, top = (photo.shape[1] - true[0, 0] - w if flipped else true[0, 0]), true[0, 1]
    assert (x, y) == (left, top), f"The first plate is now at x = {left}, not {x}: mind the width of the box."
_, ax = plt.subplots(1, 4, figsize=(11, 2.2))
for axis, (new, moved) in zip(ax, made, strict=False):
    axis.imshow(new)
    axis.set(xticks=[], yticks=[])
    for x, y, w, h in moved:
        axis.add_patch(plt.Rectangle((x - 0.5, y - 0.5), w, h, fill=False, color="cyan"))

# %% [markdown] id="split-task"
# ## 5. In your own words (4 points)
#
# A colleague writes: *"We had 300 labelled photos. I augmented each one twenty times, shuffled the 6,000 and put every
# fifth aside for validation. 99.1 % of the plates are found there! The old detector had 88 % on its 60. Ship it?"*
#
# Answer in five to eight sentences. Say what the 99.1 % measures, what the terminal will see at the gate, how you would
# show it with the photos at hand, and in which order to do things instead. A person grades this answer.

# %% [markdown] written="split" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Your kernel is symmetric and your tests pass. What may still be wrong?</summary>
#
# The kernel may be flipped, or rows and columns exchanged: a symmetric one cannot tell. Test with one that is neither
# symmetric nor square.
#
# </details>
# <details><summary>Why does <code>cv2.Sobel</code> want to be told its output type?</summary>
#
# With -1, which many examples pass, it is the type of the input. In bytes all slopes from bright to dark become 0, and
# you lose one side of each object; the others stop at 255.
#
# </details>
# <details><summary>Which plates were not found, and what would you do about it?</summary>
#
# Those of photo 7, taken at dusk: its white is below 180. A fixed threshold knows one light. One could set it for each
# photo (Otsu's method does), or learn from examples in many lights.
#
# </details>
# <details><summary>Would you mirror photos to train a network that reads the container's number?</summary>
#
# No. Mirrored digits are no digits, and the network would be asked to call them so. An augmentation is right when the
# new picture could have come from the camera, with that label.
#
# </details>
# <details><summary>A box has x = 100, w = 28 in a photo 128 wide. Where is it after mirroring?</summary>
#
# At x = 128 - 100 - 28 = 0. With W - x it would begin at 28, and with W - 1 - x at 27: the width is what is forgotten.
#
# </details>
# <details><summary>Why is the detector without learning worth keeping?</summary>
#
# It is a baseline: the network must beat it by enough to pay for its labels, its training and its watchers.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# A kernel of 15 x 15 costs 225 products for each pixel. But the mean, the Gauss and the Sobel kernels are each a column
# times a row, and can be applied as two thin kernels: 30 products. Use `np.linalg.svd` to find out whether a kernel is
# such a product (how many singular values are not 0?) and to get the column and the row. Filter photo 0 both ways,
# compare the results and the times. What would you do with a kernel of rank 2?
