# fails: test_stops_when_patience_is_over, test_nan_is_never_best
# why: Counts how often the loss rose in a row: one small dip, and the waiting begins anew.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best, lowest = -1, math.inf
    for epoch, loss in enumerate(curve):
        if loss < lowest:
            best, lowest = epoch, loss
    rises = 0
    while rises + 1 < len(curve) and curve[-1 - rises] > curve[-2 - rises]:
        rises += 1
    return best, rises >= patience
