# fails: test_channels, test_photos
# why: Green alone stands for brightness.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = img[:, :, 1]
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=3, borderType=cv2.BORDER_REPLICATE)
    return np.hypot(right, down)
