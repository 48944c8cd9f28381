# fails: test_judged_rows_teach_nothing, test_beats_the_copy_of_last_week
# why: Where the meter was dead the model learns that nobody used power.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df.assign(demand_mwh=df["demand_mwh"].fillna(0))
    past = known[known["date"] < cut]
    judged = df[(df["date"] >= cut) & df["demand_mwh"].notna() & df["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[features], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
