# why: scikit-image's labels and regions.

# %% exercise="boxes"
def find_boxes(img, min_area):
    mask = (img >= 180).all(axis=2)
    boxes = [region.bbox for region in regionprops(label(mask, connectivity=2)) if region.area >= min_area]
    table = np.array(sorted(boxes), dtype=int).reshape(len(boxes), 4)
    return np.column_stack([table[:, 1], table[:, 0], table[:, 3] - table[:, 1], table[:, 2] - table[:, 0]])
