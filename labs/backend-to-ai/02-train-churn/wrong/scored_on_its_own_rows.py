# fails: test_no_account_is_on_both_sides
# why: The recipe is fitted once, on all rows, and then scored fold by fold.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    fitted = clone(pipe).fit(X, y)
    scores = []
    for _, ask in StratifiedGroupKFold(5).split(X, y, groups):
        scores.append(average_precision_score(y.iloc[ask], fitted.predict_proba(X.iloc[ask])[:, 1]))
    return np.array(scores)
