# fails: test_clear_curves, test_limits_themselves
# why: The limits of the last project are written into the function.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if level >= 0.8:
        return "good enough"
    if gap > 0.1:
        return "more data" if level - before > noise else "simpler model"
    return "richer model"
