# fails: test_each_line_is_scored_once
# why: Five random splits: some lines are scored again and again, others never.

# %% exercise="score"
from sklearn.model_selection import GroupShuffleSplit


def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    splits = GroupShuffleSplit(5, test_size=0.2, random_state=0)
    return cross_val_score(pipe, X, y, groups=groups, cv=splits, scoring="average_precision")
