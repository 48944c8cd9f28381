# fails: test_no_account_is_on_both_sides
# why: KFold knows no accounts: one brother trains, the other is scored.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    folds = KFold(5, shuffle=True, random_state=0)
    return cross_val_score(pipe, X, y, groups=groups, cv=folds, scoring="average_precision")
