# fails: test_boxes_move_with_the_picture
# why: The picture is mirrored and the boxes are not.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[:, ::-1]
    new = np.clip(new + rng.integers(-60, 61), 0, 255)
    return new.astype(np.uint8), moved
