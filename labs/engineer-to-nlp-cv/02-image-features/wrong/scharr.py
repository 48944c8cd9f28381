# fails: test_both_signs, test_length_of_both_slopes, test_channels, test_frame, test_photos
# why: Another kernel, with other weights.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=cv2.FILTER_SCHARR, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=cv2.FILTER_SCHARR, borderType=cv2.BORDER_REPLICATE)
    return np.hypot(right, down)
