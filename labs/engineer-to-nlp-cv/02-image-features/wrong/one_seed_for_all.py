# fails: test_chances, test_seed_decides
# why: The same happens to every picture.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0 * seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    new = np.clip(new + rng.integers(-60, 61), 0, 255)
    return new.astype(np.uint8), moved
