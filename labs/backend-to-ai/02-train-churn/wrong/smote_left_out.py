# fails: test_model_is_the_recipe_on_all_rows
# why: The model that is shipped was never balanced; only the promise was.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = StratifiedGroupKFold(5)
    scores = cross_val_score(recipe, X, y, groups=groups, cv=folds, scoring="average_precision")
    return make_pipeline(SelectKBest(f_classif, k=k), forest).fit(X, y), scores.mean()
