# fails: test_judged_rows_teach_nothing
# why: Gaps in the features are filled with means of all rows, later ones included.

# %% exercise="trees"
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline


def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    known = df[df["demand_mwh"].notna()]
    past = known[known["date"] < cut]
    judged = known[(known["date"] >= cut) & known["naive_mwh"].notna()]
    imputer = SimpleImputer().fit(df[features])
    trees = HistGradientBoostingRegressor(monotonic_cst=[int(name in rising) for name in features])
    trees.fit(imputer.transform(past[features]), past["demand_mwh"])
    model = make_pipeline(imputer, trees)

    mae = (model.predict(judged[features]) - judged["demand_mwh"]).abs().mean()
    naive_mae = (judged["naive_mwh"] - judged["demand_mwh"]).abs().mean()
    return model, {"rows": len(judged), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
