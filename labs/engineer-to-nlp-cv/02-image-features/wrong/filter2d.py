# fails: test_bytes_do_not_wrap
# why: OpenCV's filter with the image's own type: what it returns stops at 0 and 255.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = cv2.copyMakeBorder(img, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    full = cv2.filter2D(padded, -1, k.astype(float))
    top, left = (k.shape[0]) // 2, (k.shape[1]) // 2
    rows, columns = padded.shape[0] - k.shape[0] + 1, padded.shape[1] - k.shape[1] + 1
    return full[top : top + rows : stride, left : left + columns : stride].astype(float)
