# fails: test_inputs_stay
# why: Writes the new picture over the old one.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    img[:] = np.clip(new + rng.integers(-60, 61), 0, 255)
    return img, moved
