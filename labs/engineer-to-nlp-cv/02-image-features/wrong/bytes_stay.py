# fails: test_bytes_do_not_wrap
# why: The image stays in its type: bytes times bytes wrap at 256, and sums come out whole.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img, pad)
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3))
