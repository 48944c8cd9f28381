# fails: test_nan_is_never_best
# why: Turns NaN into 0, and no loss is lower than that.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best = int(np.argmin(np.nan_to_num(curve)))
    return best, len(curve) - 1 - best >= patience
