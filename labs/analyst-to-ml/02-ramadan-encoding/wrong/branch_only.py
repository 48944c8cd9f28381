# fails: test_by_branch_and_weekday, test_new_branch_fallback
# why: The weekday is left out, and with it the weekend.

# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    filled = new.copy()
    filled["visitors_was_missing"] = new["visitors"].isna()
    usual = new["branch"].map(train.groupby("branch")["visitors"].median()).fillna(train["visitors"].median())
    filled["visitors"] = np.where(new["visitors"].isna(), usual, new["visitors"])
    return filled
