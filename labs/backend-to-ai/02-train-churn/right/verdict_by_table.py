# why: A table of means first, scipy's standard error, and a dictionary of verdicts.

# %% exercise="verdict"
from scipy.stats import sem


def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    means = pd.DataFrame({"train": np.mean(train, axis=1), "val": np.mean(val, axis=1)})
    now = means.iloc[-1]
    if not now["val"] < target:
        return "good enough"
    too_wide = bool(now["train"] - now["val"] > allowed_gap)
    rising = bool(means["val"].diff().iloc[-1] > sem(val[-1]))
    verdicts = {(True, True): "more data", (True, False): "simpler model"}
    return verdicts.get((too_wide, rising), "richer model")
