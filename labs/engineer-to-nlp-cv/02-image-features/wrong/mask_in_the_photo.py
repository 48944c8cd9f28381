# fails: test_boxes_of_plates
# why: Blackens the caller's photo.

# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    img[img.min(axis=2) < 180] = 0
    bright = (img[:, :, 0] > 0).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    found = [(x, y, w, h) for x, y, w, h, area in stats[1:].tolist() if area >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
