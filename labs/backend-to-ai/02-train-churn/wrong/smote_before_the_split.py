# fails: test_promise_holds_for_new_customers, test_promise_is_for_new_accounts
# why: SMOTE runs on all rows, and the folds are cut from its rows.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = KFold(5, shuffle=True, random_state=seed)
    more, labels = SMOTE(random_state=seed).fit_resample(X, y)
    plain = make_pipeline(SelectKBest(f_classif, k=k), forest)
    scores = cross_val_score(plain, more, labels, cv=folds, scoring="average_precision")
    return recipe.fit(X, y), scores.mean()
