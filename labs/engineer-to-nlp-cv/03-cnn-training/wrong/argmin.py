# fails: test_nan_is_never_best
# why: `np.argmin` takes NaN for the lowest.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best = int(np.argmin(curve))
    return best, len(curve) - 1 - best >= patience
