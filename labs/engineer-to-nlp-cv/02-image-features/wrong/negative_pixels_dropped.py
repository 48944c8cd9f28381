# fails: test_sums_of_products, test_stride
# why: Cleans negative pixels in the caller's own image.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    img *= img > 0
    padded = np.pad(img.astype(float), pad)
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3))
