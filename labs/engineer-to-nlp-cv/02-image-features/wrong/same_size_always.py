# fails: test_sums_of_products, test_stride, test_bytes_do_not_wrap, test_smallest_images
# why: Pads so that the size stays, as some libraries do by default.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img.astype(float), max(pad, k.shape[0] // 2))
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3))
