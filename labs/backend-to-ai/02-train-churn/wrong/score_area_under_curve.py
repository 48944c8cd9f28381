# fails: test_each_fold_has_its_average_precision
# why: The area under the ROC curve: it looks good where nearly all rows are easy.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    folds = StratifiedGroupKFold(5)
    return cross_val_score(pipe, X, y, groups=groups, cv=folds, scoring="roc_auc")
