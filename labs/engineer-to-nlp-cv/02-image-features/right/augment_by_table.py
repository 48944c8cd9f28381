# why: NumPy's older generator and a look-up table for the light.

# %% exercise="augment"
def augment(img, boxes, seed):
    chance = np.random.RandomState(seed)
    light = chance.randint(-60, 61)
    table = np.array([min(max(value + light, 0), 255) for value in range(256)], dtype=np.uint8)
    new = table[img]
    if chance.rand() >= 0.5:
        return new, boxes.copy()
    moved = [[img.shape[1] - x - w, y, w, h] for x, y, w, h in boxes.tolist()]
    return np.ascontiguousarray(np.fliplr(new)), np.array(moved, dtype=int).reshape(-1, 4)
