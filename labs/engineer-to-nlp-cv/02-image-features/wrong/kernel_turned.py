# fails: test_sums_of_products
# why: The kernel is turned by 180 degrees, as in mathematics: right for symmetric kernels only.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img.astype(float), pad)
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k[::-1, ::-1]).sum(axis=(2, 3))
