# fails: test_hotter_is_never_less
# why: The promise is given to columns by position, as if the rising ones always came first.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(monotonic_cst=[1] * len(rising) + [0] * (len(features) - len(rising)))
    model.fit(past[features], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
