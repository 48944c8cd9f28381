# fails: test_reported_error_is_the_models_own
# why: The model is honest and its error is not: it was measured on days drawn at random from the past.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    early, held_out = train_test_split(past, test_size=0.2, random_state=0)
    model.fit(early[features], early["demand_mwh"])
    mae = (model.predict(held_out[features]) - held_out["demand_mwh"]).abs().mean()
    model.fit(past[features], past["demand_mwh"])
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
