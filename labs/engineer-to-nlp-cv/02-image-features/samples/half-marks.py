# score: 13
# why: An honest learner: bytes that wrap, OpenCV's defaults, yellow paint found too, and boxes that are one column off.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    framed = np.pad(img, pad)
    out = []
    for y in range(0, framed.shape[0] - k.shape[0] + 1, stride):
        xs = range(0, framed.shape[1] - k.shape[1] + 1, stride)
        out.append([(framed[y : y + k.shape[0], x : x + k.shape[1]] * k).sum() for x in xs])
    return np.array(out)


# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_BGR2GRAY)
    gx = cv2.Sobel(gray, cv2.CV_64F, 1, 0)
    gy = cv2.Sobel(gray, cv2.CV_64F, 0, 1)
    return np.sqrt(gx**2 + gy**2)


# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    n, _, stats, _ = cv2.connectedComponentsWithStats((gray >= 180).astype(np.uint8))
    boxes = [stats[i, :4] for i in range(1, n) if stats[i, cv2.CC_STAT_AREA] >= min_area]
    boxes.sort(key=lambda b: (b[1], b[0]))
    return np.array(boxes, dtype=int).reshape(-1, 4)


# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    out, b = img.astype(np.int16), boxes.copy()
    if rng.integers(0, 2):
        out = np.fliplr(out)
        b[:, 0] = img.shape[1] - 1 - b[:, 0] - b[:, 2]
    out = out + rng.integers(-50, 51)
    return out.clip(0, 255).astype(np.uint8), b
