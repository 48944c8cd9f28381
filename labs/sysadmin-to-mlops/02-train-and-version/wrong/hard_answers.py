# fails: test_scores_are_of_the_test_side
# why: Ranks by yes and no, which throws the ranking away.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.predict(future[cfg["features"]])
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": float(future["label"].mean()),
    }
