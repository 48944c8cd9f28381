"""Exercise `tune`: which settings are asked for, how often, and which one wins, by a score that writes them down."""

import itertools

import numpy as np

SPACE = {"depth": [2, 4, 8], "leaf": [1, 5, 25, 125], "loss": ["log", "exp"]}
SMALL = {"k": [3, 9], "depth": [2, 4, 8]}

# Each search is (space, budget, seed, scores); the score of a setting is looked up by its values.
SEARCH = """
def _search(space, budget, seed, scores):
    asked = []
    def score(setting):
        asked.append(dict(setting))
        return scores["|".join(str(setting[name]) for name in space)]
    try:
        best = tune(score, space, budget, seed)
    except ValueError:
        best = "ValueError"
    return [best, asked, space]

[_search(*search) for search in searches]
"""


def grid(space: dict[str, list]) -> list[dict]:
    return [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]


def key(setting: dict) -> str:
    return "|".join(map(str, setting.values()))


def score_all(space: dict[str, list], seed: int) -> dict[str, float]:
    """A score for each setting, some below zero, no two alike."""
    settings = grid(space)
    values = np.random.default_rng(seed).permutation(len(settings)) - len(settings) / 2
    return {key(setting): float(value) for setting, value in zip(settings, values, strict=True)}


def search(notebook, searches: list[tuple]) -> list[tuple[object, list[dict]]]:
    """For each search what won, and what was asked, each as a setting of the grid."""
    told = notebook.run(SEARCH, searches=searches)
    assert isinstance(told, list)
    assert len(told) == len(searches)
    found = []
    for (space, *_), (best, asked, after) in zip(searches, told, strict=True):
        assert after == space, "the space was changed"
        assert isinstance(asked, list)
        assert all(isinstance(setting, dict) and setting in grid(space) for setting in asked)
        found.append((best, asked))
    return found


def test_budget_is_kept(notebook):
    scores = score_all(SPACE, 221)
    budgets = [1, 2, 7, 23, 24, 25, 200]
    told = search(notebook, [(SPACE, budget, seed, scores) for budget in budgets for seed in (5, 6)])
    for (_, asked), budget in zip(told, np.repeat(budgets, 2), strict=True):
        assert len(asked) == min(budget, 24), f"{len(asked)} settings were tried with a budget of {budget}"
        assert len({key({name: setting[name] for name in SPACE}) for setting in asked}) == len(asked), "one came twice"


def test_best_tried_setting_wins(notebook):
    spread = [(SPACE, budget, seed, score_all(SPACE, seed)) for seed in range(231, 236) for budget in (1, 5, 24)]
    tied = [(SMALL, 6, seed, {key(setting): float(setting["k"] == 9) for setting in grid(SMALL)}) for seed in range(9)]
    low = [(SMALL, 6, 3, {key(setting): -5.0 for setting in grid(SMALL)})]
    for (best, asked), (space, *_, scores) in zip(
        search(notebook, spread + tied + low), spread + tied + low, strict=True
    ):
        assert isinstance(best, dict)
        values = [scores[key({name: setting[name] for name in space})] for setting in asked]
        assert best == asked[int(np.argmax(values))]


def test_failed_settings_never_win(notebook):
    scores = score_all(SMALL, 241)
    failed = {name: float("nan") for name in scores}
    searches, expected = [], []
    for seed in range(6):
        for alive in itertools.combinations(grid(SMALL), 2):
            known = {key(setting): scores[key(setting)] for setting in alive}
            searches.append((SMALL, 6, seed, failed | known))
            expected.append(max(alive, key=lambda setting: scores[key(setting)]))
    searches += [(SMALL, 6, 1, failed), (SMALL, 2, 1, failed)]
    assert [best for best, _ in search(notebook, searches)] == [*expected, "ValueError", "ValueError"]


def test_seed_decides_which_are_tried(notebook):
    scores = score_all(SMALL, 251)
    told = search(notebook, [(SMALL, 2, seed, scores) for seed in range(120)] * 2)
    asked = [settings for _, settings in told]
    assert asked[:120] == asked[120:], "the same seed tried other settings"
    drawn = [
        name for settings in asked[:120] for name in {key({name: one[name] for name in SMALL}) for one in settings}
    ]
    counts = [drawn.count(key(setting)) for setting in grid(SMALL)]
    # 240 draws of 6 settings: 40 each, and a standard deviation of about 5.
    assert min(counts) > 15, f"drawn {counts} times"
    assert max(counts) < 65, f"drawn {counts} times"
