# fails: test_model_is_the_recipe_on_all_rows
# why: The model of the last fold is shipped: it never saw a fifth of the accounts.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest)
    scores = []
    for learn, ask in StratifiedGroupKFold(5).split(X, y, groups):
        recipe.fit(X.iloc[learn], y.iloc[learn])
        scores.append(average_precision_score(y.iloc[ask], recipe.predict_proba(X.iloc[ask])[:, 1]))
    return recipe, np.mean(scores)
