# fails: test_judged_rows_teach_nothing
# why: Features are kept by their correlation with the demand over all rows: the judged days have helped to choose.

# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    strength = known[features].corrwith(known["demand_mwh"]).abs()
    useful = [name for name in features if name in rising or strength[name] > 0.05]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]

    class Chosen(HistGradientBoostingRegressor):
        def predict(self, table):
            return super().predict(table[useful])

    model = Chosen(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(past[useful], past["demand_mwh"])

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
