# fails: test_no_row_sees_its_fold, test_mean_of_other_folds, test_unknown_gets_fallback
# why: The mean of a category is taken over all rows, the row itself among them.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    return df.groupby(column)[target].transform("mean").fillna(df[target].mean())
