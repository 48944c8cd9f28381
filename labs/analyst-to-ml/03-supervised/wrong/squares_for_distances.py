# fails: test_reported_error_is_the_models_own
# why: The root mean square is reported as if it were the mean absolute error.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[features], past["demand_mwh"])

    mae = np.sqrt(((model.predict(judged[features]) - judged["demand_mwh"]) ** 2).mean())
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
