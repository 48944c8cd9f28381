# fails: test_report_is_plain_data
# why: NumPy's numbers look like numbers until JSON is to be written.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": (future["label"] == 1).sum(),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": future["label"].mean(),
    }
