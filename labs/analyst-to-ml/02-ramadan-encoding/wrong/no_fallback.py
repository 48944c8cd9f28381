# fails: test_new_branch_fallback
# why: A branch that training does not know keeps its gaps.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    usual = train.groupby(["branch", train["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = missing
    return filled
