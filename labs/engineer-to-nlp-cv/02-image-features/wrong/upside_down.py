# fails: test_light_stops_at_black_and_white, test_boxes_move_with_the_picture, test_chances
# why: Turns the picture upside down.

# %% exercise="augment"
def augment(img: np.ndarray, boxes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    new, moved = img.astype(int), boxes.copy()
    if rng.random() < 0.5:
        new = new[::-1]
        moved[:, 1] = img.shape[0] - boxes[:, 1] - boxes[:, 3]
    new = np.clip(new + rng.integers(-60, 61), 0, 255)
    return new.astype(np.uint8), moved
