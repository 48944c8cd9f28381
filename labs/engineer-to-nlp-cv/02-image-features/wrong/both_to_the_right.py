# fails: test_both_signs, test_length_of_both_slopes, test_channels, test_frame, test_photos
# why: The second slope is the first again.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    return np.hypot(right, down)
