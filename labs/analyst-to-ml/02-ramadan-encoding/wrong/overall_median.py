# fails: test_by_branch_and_weekday
# why: One number fills every gap, a Friday in the capital like a Monday in a small town.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    filled = new.copy()
    filled["visitors_was_missing"] = new["visitors"].isna()
    filled["visitors"] = new["visitors"].fillna(train["visitors"].median())
    return filled
