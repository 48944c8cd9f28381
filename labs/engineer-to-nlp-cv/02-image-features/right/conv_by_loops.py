# why: Loops over the kernel's weights, each times a shifted image.

# %% exercise="conv"
def conv2d(img, k, stride, pad):
    rows = (img.shape[0] + 2 * pad - k.shape[0]) // stride + 1
    columns = (img.shape[1] + 2 * pad - k.shape[1]) // stride + 1
    padded = np.zeros((img.shape[0] + 2 * pad, img.shape[1] + 2 * pad))
    padded[pad : pad + img.shape[0], pad : pad + img.shape[1]] = img
    sums = np.zeros((rows, columns))
    for a in range(k.shape[0]):
        for b in range(k.shape[1]):
            part = padded[a : a + stride * (rows - 1) + 1 : stride, b : b + stride * (columns - 1) + 1 : stride]
            sums += float(k[a, b]) * part
    return sums
