# fails: test_best_tried_setting_wins, test_failed_settings_never_win
# why: The best so far begins at 0, so where all scores are below, nothing is found.

# %% exercise="tune"
def tune(score: Callable[[dict], float], space: dict[str, list], budget: int, seed: int) -> dict:
    grid = [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]
    best, highest = None, 0.0
    for place in np.random.default_rng(seed).permutation(len(grid))[:budget]:
        value = score(grid[place])
        if value > highest:
            best, highest = grid[place], value
    if best is None:
        raise ValueError("nothing found")
    return best
