# fails: test_light_stops_at_black_and_white
# why: convertScaleAbs makes what falls below black bright again.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    light = int(rng.integers(-60, 61))
    return cv2.convertScaleAbs(new.astype(np.uint8), alpha=1, beta=light), moved
