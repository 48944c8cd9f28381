# fails: test_nan_is_never_best
# why: Takes a NaN for a reason to stop at once.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best, lowest = -1, math.inf
    for epoch, loss in enumerate(curve):
        if loss < lowest:
            best, lowest = epoch, loss
    return best, math.isnan(curve[-1]) or len(curve) - 1 - best >= patience
