# fails: test_recipe_is_left_alone
# why: The recipe itself is fitted, so the next caller gets one that has seen nearly all rows.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    scores = []
    for learn, ask in StratifiedGroupKFold(5).split(X, y, groups):
        pipe.fit(X.iloc[learn], y.iloc[learn])
        scores.append(average_precision_score(y.iloc[ask], pipe.predict_proba(X.iloc[ask])[:, 1]))
    return np.array(scores)
