# fails: test_seed_decides
# why: Seeds the generator that the whole notebook shares.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    np.random.seed(seed)
    new, moved = img.astype(int), boxes.copy()
    if np.random.random() < 0.5:
        new = new[:, ::-1]
        moved[:, 0] = img.shape[1] - boxes[:, 0] - boxes[:, 2]
    new = np.clip(new + np.random.randint(-60, 61), 0, 255)
    return new.astype(np.uint8), moved
