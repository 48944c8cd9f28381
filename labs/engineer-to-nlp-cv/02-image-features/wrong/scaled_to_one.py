# fails: test_both_signs, test_length_of_both_slopes, test_channels, test_frame, test_photos
# why: Divides by the strongest edge of the picture, so a number means something else in each.

# %% exercise="edges"
def edges(img: np.ndarray) -> np.ndarray:
    gray = cv2.cvtColor(img, cv2.COLOR_RGB2GRAY)
    right = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=3, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=3, borderType=cv2.BORDER_REPLICATE)
    strength = np.hypot(right, down)
    return strength / max(strength.max(), 1)
