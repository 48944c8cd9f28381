# fails: test_judged_rows_teach_nothing
# why: The number of trees is the one that does best on the judged days.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    def miss(trees):
        model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1), max_iter=trees)
        model.fit(past[features], past["demand_mwh"])
        return (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()

    best = min((15, 40, 100), key=miss)
    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1), max_iter=best)
    model.fit(past[features], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
