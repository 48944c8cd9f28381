# why: scikit-learn's sampler draws the settings, and a loop keeps the best.

# %% exercise="tune"
from sklearn.model_selection import ParameterSampler


def tune(score: Callable[[dict], float], space: dict[str, list], budget: int, seed: int) -> dict:
    size = int(np.prod([len(values) for values in space.values()]))
    best, highest = None, -np.inf
    for setting in ParameterSampler(space, min(budget, size), random_state=seed):
        value = score(setting)
        if not np.isnan(value) and (best is None or value > highest):
            best, highest = setting, value
    if best is None:
        raise ValueError("every setting failed")
    return best
