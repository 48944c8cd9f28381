# fails: test_frame
# why: OpenCV's default mirrors the picture at its border, so slopes at the frame are 0.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=3)
    return np.hypot(right, down)
