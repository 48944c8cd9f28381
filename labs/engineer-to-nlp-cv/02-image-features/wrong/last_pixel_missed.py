# fails: test_boxes_of_plates, test_bright_pixels, test_area, test_touching, test_order_and_nothing
# why: Width as last column less first: one short.

# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    bright = (img.min(axis=2) >= 180).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    found = [(x, y, w - 1, h - 1) for x, y, w, h, area in stats[1:].tolist() if area >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
