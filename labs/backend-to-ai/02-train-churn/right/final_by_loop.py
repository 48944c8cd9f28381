# why: The folds in a loop, each step by hand, without a pipeline for the promise.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    def learn_from(rows, labels):
        steps = [("select", SelectKBest(k=k)), ("balance", SMOTE(random_state=seed))]
        forest = RandomForestClassifier(60, min_samples_leaf=3, random_state=seed)
        return Pipeline([*steps, ("forest", forest)]).fit(rows, labels)

    labels, total = y.to_numpy(), 0.0
    for learn, ask in StratifiedGroupKFold(5, shuffle=True, random_state=seed).split(X, labels, groups):
        chosen = SelectKBest(f_classif, k=k).fit(X.iloc[learn], labels[learn])
        rows, more = SMOTE(random_state=seed).fit_resample(chosen.transform(X.iloc[learn]), labels[learn])
        forest = RandomForestClassifier(60, min_samples_leaf=3, random_state=seed).fit(rows, more)
        chances = forest.predict_proba(chosen.transform(X.iloc[ask]))[:, 1]
        total += average_precision_score(labels[ask], chances) / 5
    return learn_from(X, y), float(total)
