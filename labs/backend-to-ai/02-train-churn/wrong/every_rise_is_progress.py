# fails: test_gain_within_noise_is_none
# why: Every rise counts, also one that the folds' disagreement explains.

# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    level, before = val[-1].mean(), val[-2].mean()
    gap = train[-1].mean() - level
    if level >= target:
        return "good enough"
    if gap > allowed_gap:
        return "more data" if level > before else "simpler model"
    return "richer model"
