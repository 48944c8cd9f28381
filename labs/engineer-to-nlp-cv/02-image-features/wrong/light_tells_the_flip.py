# fails: test_chances
# why: One draw decides both: mirrored pictures are the bright ones.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    light = int(rng.integers(-60, 61))
    if light > 0:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    new = np.clip(new + light, 0, 255)
    return new.astype(np.uint8), moved
