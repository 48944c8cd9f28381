# fails: test_sums_of_products, test_stride, test_frame_of_zeros, test_bytes_do_not_wrap
# why: The answer is squeezed back into bytes: what is negative or large is lost.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img.astype(float), pad)
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3)).clip(0, 255).astype(np.uint8)
