# why: All patches as rows of one matrix, then one matrix product, as libraries do.

# %% exercise="conv"
def conv2d(img, k, stride, pad):
    padded = np.pad(img, ((pad, pad), (pad, pad))).astype(np.float64)
    starts_y = range(0, padded.shape[0] - k.shape[0] + 1, stride)
    starts_x = range(0, padded.shape[1] - k.shape[1] + 1, stride)
    patches = [padded[y : y + k.shape[0], x : x + k.shape[1]].ravel() for y in starts_y for x in starts_x]
    return (np.array(patches) @ k.astype(np.float64).ravel()).reshape(len(starts_y), len(starts_x))
