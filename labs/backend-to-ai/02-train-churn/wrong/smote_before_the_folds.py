# fails: test_each_fold_has_its_average_precision, test_no_account_is_on_both_sides, test_each_line_is_scored_once
# why: The classes are balanced before the split, so invented rows are scored.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    more, labels = SMOTE(random_state=0).fit_resample(X.reset_index(drop=True), y.reset_index(drop=True))
    known = list(groups) + [f"new {number}" for number in range(len(more) - len(X))]
    return cross_val_score(pipe, more, labels, groups=known, cv=StratifiedGroupKFold(5), scoring="average_precision")
