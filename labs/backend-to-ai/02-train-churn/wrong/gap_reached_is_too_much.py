# fails: test_limits_themselves
# why: A gap that is just allowed is called too wide.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if level >= target:
        return "good enough"
    if gap >= allowed_gap:
        return "more data" if level - before > noise else "simpler model"
    return "richer model"
