# why: SciPy's labels, sizes by bincount.

# %% exercise="boxes"
from scipy import ndimage


def find_boxes(img, min_area):
    red, green, blue = np.moveaxis(img, 2, 0)
    groups, count = ndimage.label((red > 179) & (green > 179) & (blue > 179), structure=np.ones((3, 3)))
    sizes = np.bincount(groups.ravel(), minlength=count + 1)
    rows = []
    for number, (ys, xs) in enumerate(ndimage.find_objects(groups), start=1):
        if sizes[number] >= min_area:
            rows.append((ys.start, xs.start, xs.stop - xs.start, ys.stop - ys.start))
    rows.sort()
    boxes = np.zeros((len(rows), 4), dtype=np.int64)
    for place, (y, x, w, h) in enumerate(rows):
        boxes[place] = x, y, w, h
    return boxes
