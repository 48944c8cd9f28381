# fails: test_each_fold_has_its_average_precision
# why: Accuracy: who calls nobody a churner is right for all who stay.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    folds = StratifiedGroupKFold(5)
    return cross_val_score(pipe, X, y, groups=groups, cv=folds, scoring="accuracy")
