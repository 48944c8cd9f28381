# fails: test_by_branch_and_weekday
# why: The mean is taken for the median; a few great days pull it up.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    usual = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].mean()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).fillna(train["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = missing
    return filled
