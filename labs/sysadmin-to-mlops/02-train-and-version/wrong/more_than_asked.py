# fails: test_report_is_plain_data
# why: Puts the predictions into the report as well.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "risk": risk.tolist(),
        "baseline": float(future["label"].mean()),
    }
