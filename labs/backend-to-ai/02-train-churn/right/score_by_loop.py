# why: A loop over folds of accounts that are cut by hand, with copies of the recipe.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    names = pd.unique(np.asarray(groups))
    fold_of = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % 5, strict=True))
    fold = np.array([fold_of[name] for name in groups])
    scores = []
    for number in range(5):
        fitted = clone(pipe).fit(X[fold != number], y[fold != number])
        scores.append(average_precision_score(y[fold == number], fitted.predict_proba(X[fold == number])[:, 1]))
    return np.array(scores)
