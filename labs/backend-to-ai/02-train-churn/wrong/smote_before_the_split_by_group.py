# fails: test_promise_holds_for_new_customers
# why: SMOTE runs on all rows; each invented row is called an account of its own.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = StratifiedGroupKFold(5)
    more, labels = SMOTE(random_state=seed).fit_resample(X, y)
    known = [*groups, *(f"new {number}" for number in range(len(more) - len(X)))]
    plain = make_pipeline(SelectKBest(f_classif, k=k), forest)
    scores = cross_val_score(plain, more, labels, groups=known, cv=folds, scoring="average_precision")
    return recipe.fit(X, y), scores.mean()
