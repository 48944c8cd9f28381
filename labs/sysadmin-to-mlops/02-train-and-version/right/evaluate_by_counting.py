# why: Average precision by going down the ranking.

# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    rows = time_split(df, cfg["cut"], cfg["gap_h"])[1]
    ranked = rows.assign(risk=model.predict_proba(rows[cfg["features"]])[:, 1]).sort_values("risk", ascending=False)
    labels = ranked["label"].tolist()
    found, shares = 0, []
    for place, label in enumerate(labels, start=1):
        if label == 1:
            found += 1
            shares.append(found / place)
    precision = sum(shares) / len(shares)
    return {"average_precision": precision, "baseline": found / len(labels), "failures": found, "rows": len(labels)}
