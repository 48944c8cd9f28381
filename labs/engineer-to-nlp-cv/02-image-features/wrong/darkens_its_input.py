# fails: test_photos
# why: Rounds the caller's photo in place.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    img //= 2
    img *= 2
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=3, borderType=cv2.BORDER_REPLICATE)
    return np.hypot(right, down)
