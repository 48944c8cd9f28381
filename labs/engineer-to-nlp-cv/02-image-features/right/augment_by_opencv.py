# why: OpenCV's saturating sums and its flip.

# %% exercise="augment"
def augment(img, boxes, seed):
    rng = np.random.default_rng([seed, 2])
    light, mirrored = int(rng.integers(-60, 60, endpoint=True)), bool(rng.integers(2))
    level = np.full_like(img, abs(light))
    new = cv2.add(img, level) if light > 0 else cv2.subtract(img, level)
    if not mirrored:
        return new, np.array(boxes)
    ends = boxes[:, 0] + boxes[:, 2]
    return cv2.flip(new, 1), np.column_stack([img.shape[1] - ends, boxes[:, 1:]])
