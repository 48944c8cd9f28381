# fails: test_frame_of_zeros
# why: Zeros are put below and to the right only.

# %% exercise="conv"
def conv2d(img: np.ndarray, k: np.ndarray, stride: int, pad: int) -> np.ndarray:
    padded = np.pad(img.astype(float), (0, pad))
    windows = sliding_window_view(padded, k.shape)[::stride, ::stride]
    return (windows * k).sum(axis=(2, 3))
