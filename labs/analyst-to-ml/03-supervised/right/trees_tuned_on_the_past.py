# why: The number of trees is chosen on the last fifth of the past.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df.dropna(subset=["demand_mwh"]).sort_values("date")
    past, later = known[known["date"] < cut], known[known["date"] >= cut].dropna(subset=["naive_mwh"])
    split = int(0.8 * len(past))
    signs = [1 if name in rising else 0 for name in features]

    def make_model(trees):
        return HistGradientBoostingRegressor(monotonic_cst=signs, max_iter=trees)

    def miss(trees):
        model = make_model(trees).fit(past[features][:split], past["demand_mwh"][:split])
        return np.abs(model.predict(past[features][split:]) - past["demand_mwh"][split:]).mean()

    model = make_model(min((40, 80), key=miss)).fit(past[features], past["demand_mwh"])
    demand, copy = later["demand_mwh"].to_numpy(), later["naive_mwh"].to_numpy()
    report = {
        "rows": len(later),
        "mae": float(np.mean(np.abs(model.predict(later[features]) - demand))),
        "naive_mae": float(np.mean(np.abs(copy - demand))),
    }
    report["skill"] = (report["naive_mae"] - report["mae"]) / report["naive_mae"]
    return model, report
