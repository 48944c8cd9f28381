# why: Settings are drawn value by value, and thrown back when they were drawn before.

# %% exercise="tune"
import random


def tune(score: Callable[[dict], float], space: dict[str, list], budget: int, seed: int) -> dict:
    generator, scores = random.Random(seed), {}  # noqa: S311 - no secret
    size = np.prod([len(values) for values in space.values()])
    while len(scores) < min(budget, size):
        values = tuple(generator.choice(values) for values in space.values())
        if values not in scores:
            scores[values] = score(dict(zip(space, values, strict=True)))
    ranked = pd.Series(scores.values()).dropna()
    if ranked.empty:
        raise ValueError("every setting failed")
    return dict(zip(space, list(scores)[ranked.idxmax()], strict=True))
