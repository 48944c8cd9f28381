# fails: test_medians_come_from_train, test_by_branch_and_weekday, test_new_branch_fallback
# why: The medians are computed over training and new rows together: more data, and a leak.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([train, new])
    usual = both.groupby(["branch", both["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).fillna(both["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = missing
    return filled
