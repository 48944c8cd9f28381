# why: Counts the epochs without a new best as they go by.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    kept, waited = -1, 0
    for epoch in range(len(curve)):
        waited += 1
        if not math.isnan(curve[epoch]) and all(math.isnan(loss) or curve[epoch] < loss for loss in curve[:epoch]):
            kept, waited = epoch, 0
    return kept, waited >= patience
