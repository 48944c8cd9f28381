# why: SciPy's correlation, then every second or third answer.

# %% exercise="conv"
from scipy.signal import correlate2d


def conv2d(img, k, stride, pad):
    whole = correlate2d(np.pad(img.astype(float), pad), k.astype(float), mode="valid")
    return whole[::stride, ::stride]
