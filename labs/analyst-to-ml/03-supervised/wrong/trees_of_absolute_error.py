# fails: test_hotter_is_never_less
# why: The loss is that of the report, but its leaves are set to medians afterwards, and then the promise is not kept.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(loss="absolute_error", monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[features], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
