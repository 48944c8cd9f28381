# fails: test_medians_come_from_train, test_by_branch_and_weekday, test_new_branch_fallback
# why: A gap is filled with the last value of the same branch, as a dashboard would.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    filled = new.copy()
    filled["visitors_was_missing"] = new["visitors"].isna()
    filled["visitors"] = new.groupby("branch")["visitors"].transform(lambda column: column.ffill().bfill())
    return filled
