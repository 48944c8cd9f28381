# fails: test_promise_holds_for_new_customers
# why: Accuracy is promised: near 1 where churn is rare.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = StratifiedGroupKFold(5)
    scores = cross_val_score(recipe, X, y, groups=groups, cv=folds, scoring="accuracy")
    return recipe.fit(X, y), scores.mean()
