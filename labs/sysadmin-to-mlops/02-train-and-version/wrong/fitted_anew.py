# fails: test_scores_are_of_the_test_side, test_the_model_is_not_fitted_again
# why: Fits the model on the rows on which it is to be judged.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.fit(future[cfg["features"]], future["label"]).predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": float(future["label"].mean()),
    }
