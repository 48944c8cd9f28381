# fails: test_area, test_touching, test_order_and_nothing
# why: contourArea is the area inside a line through pixel centres, and outer contours forget what lies in a ring.

# %% exercise="boxes"
def find_boxes(img: np.ndarray, min_area: int) -> np.ndarray:
    bright = (img.min(axis=2) >= 180).astype(np.uint8)
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = [cv2.boundingRect(contour) for contour in contours if cv2.contourArea(contour) >= min_area]
    return np.array(sorted(found, key=lambda box: (box[1], box[0])), dtype=int).reshape(-1, 4)
