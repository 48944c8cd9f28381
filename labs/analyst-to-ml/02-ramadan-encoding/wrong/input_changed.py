# fails: test_nothing_else_changes
# why: Without `.copy()` a second name is given to the same table, and the caller's data is overwritten.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    usual = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).fillna(train["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = missing
    return filled
