# fails: test_stride
# why: Takes every second or third pixel first and filters what is left.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img[::stride, ::stride].astype(float), pad)
    windows = sliding_window_view(padded, k.shape)
    return (windows * k).sum(axis=(2, 3))
