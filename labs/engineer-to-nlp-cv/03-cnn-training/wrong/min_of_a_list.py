# fails: test_nan_is_never_best
# why: `min` compares from the left: a NaN that comes first is never beaten.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best = curve.index(min(curve))
    return best, len(curve) - 1 - best >= patience
