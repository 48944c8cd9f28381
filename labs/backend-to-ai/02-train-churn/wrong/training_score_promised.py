# fails: test_selection_stays_in_the_folds, test_promise_holds_for_new_customers, test_promise_is_for_new_accounts
# why: The model is scored on the rows that it was fitted on.

# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=seed)
    recipe = make_pipeline(SelectKBest(f_classif, k=k), SMOTE(random_state=seed), forest).fit(X, y)
    return recipe, average_precision_score(y, recipe.predict_proba(X)[:, 1])
