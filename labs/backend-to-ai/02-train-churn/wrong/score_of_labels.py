# fails: test_each_fold_has_its_average_precision
# why: The ranking is thrown away: precision is taken from predicted labels.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    scores = []
    for learn, ask in StratifiedGroupKFold(5).split(X, y, groups):
        fitted = clone(pipe).fit(X.iloc[learn], y.iloc[learn])
        scores.append(average_precision_score(y.iloc[ask], fitted.predict(X.iloc[ask])))
    return np.array(scores)
