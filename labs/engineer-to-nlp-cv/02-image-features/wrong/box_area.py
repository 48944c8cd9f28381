# fails: test_area
# why: Compares the area of the box and not the number of pixels.

# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    bright = (img.min(axis=2) >= 180).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    found = [(x, y, w, h) for x, y, w, h, area in stats[1:].tolist() if w * h >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
