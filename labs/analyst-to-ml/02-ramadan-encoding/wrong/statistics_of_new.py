# fails: test_medians_come_from_train, test_by_branch_and_weekday, test_new_branch_fallback
# why: The medians are computed from the rows that are to be filled, so a row is filled otherwise alone than in company.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    usual = new.groupby(["branch", new["date"].dt.dayofweek])["visitors"].median()
    keys = pd.MultiIndex.from_arrays([new["branch"], new["date"].dt.dayofweek])
    filling = usual.reindex(keys).fillna(new["visitors"].median()).to_numpy()
    missing = new["visitors"].isna()
    filled = new.copy()
    filled["visitors"] = np.where(missing, filling, new["visitors"])
    filled["visitors_was_missing"] = missing
    return filled
