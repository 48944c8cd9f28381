# fails: test_selection_stays_in_the_folds
# why: The columns are chosen with all labels in sight, the held-out ones too.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    folds = StratifiedGroupKFold(5)
    scores = cross_val_score(
        recipe,
        X.loc[:, SelectKBest(f_classif, k=k).fit(X, y).get_support()],
        y,
        groups=groups,
        cv=folds,
        scoring="average_precision",
    )
    return recipe.fit(X, y), scores.mean()
