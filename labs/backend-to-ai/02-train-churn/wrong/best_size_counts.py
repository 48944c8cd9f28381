# fails: test_clear_curves, test_only_the_last_two_sizes_count
# why: The best size that was ever seen is taken for today's level.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val.mean(axis=1).max(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if level >= target:
        return "good enough"
    if gap > allowed_gap:
        return "more data" if level - before > noise else "simpler model"
    return "richer model"
