# fails: test_no_account_is_on_both_sides
# why: cv=5 spreads the churners and splits the families.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    return cross_val_score(pipe, X, y, cv=5, scoring="average_precision")
