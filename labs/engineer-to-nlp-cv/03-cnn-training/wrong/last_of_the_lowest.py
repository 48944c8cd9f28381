# fails: test_keeps_the_first_of_the_lowest
# why: An equal loss counts as an improvement, so a flat curve never ends.

# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best, lowest = -1, math.inf
    for epoch, loss in enumerate(curve):
        if loss <= lowest:
            best, lowest = epoch, loss
    return best, len(curve) - 1 - best >= patience
