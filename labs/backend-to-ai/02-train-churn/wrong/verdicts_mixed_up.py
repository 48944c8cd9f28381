# fails: test_clear_curves, test_gain_within_noise_is_none, test_only_the_last_two_sizes_count, test_limits_themselves
# why: A wide gap is met with a richer model, and a narrow one with a simpler.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    noise = val[-1].std(ddof=1) / np.sqrt(val.shape[1])
    if level >= target:
        return "good enough"
    if gap > allowed_gap:
        return "more data" if level - before > noise else "richer model"
    return "simpler model"
