# fails: test_judged_rows_teach_nothing, test_reported_error_is_the_models_own, test_baseline_is_judged_on_the_same_rows
# why: The first judged day is taken for the last training day.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] <= cut]
    judged = known[(known["date"] > cut) & known["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[features], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
