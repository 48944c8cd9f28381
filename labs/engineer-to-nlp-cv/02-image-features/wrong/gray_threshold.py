# fails: test_bright_pixels
# why: Brightness of the whole: yellow paint becomes a plate.

# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    bright = (cv2.cvtColor(img, cv2.COLOR_RGB2GRAY) >= 180).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    found = [(x, y, w, h) for x, y, w, h, area in stats[1:].tolist() if area >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
