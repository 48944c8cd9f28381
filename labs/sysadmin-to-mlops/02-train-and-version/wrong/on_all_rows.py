# fails: test_scores_are_of_the_test_side
# why: Judges the model on all rows, most of which it has seen.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    future = df[df["label"].notna()]
    risk = model.predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": float(future["label"].mean()),
    }
