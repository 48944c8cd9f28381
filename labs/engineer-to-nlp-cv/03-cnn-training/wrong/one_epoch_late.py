# fails: test_stops_when_patience_is_over, test_nan_is_never_best
# why: Waits for one epoch more than its patience.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best, lowest = -1, math.inf
    for epoch, loss in enumerate(curve):
        if loss < lowest:
            best, lowest = epoch, loss
    return best, len(curve) - 1 - best > patience
