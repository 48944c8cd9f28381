# fails: test_clear_curves, test_only_the_last_two_sizes_count, test_limits_themselves
# why: The training score is compared with the target.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if train[-1].mean() >= target:
        return "good enough"
    if gap > allowed_gap:
        return "more data" if level - before > noise else "simpler model"
    return "richer model"
