# fails: test_nothing_else_changes
# why: What was missing is asked after the gaps have been filled, so the answer is always no.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    usual = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).fillna(train["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = filled["visitors"].isna()
    return filled
