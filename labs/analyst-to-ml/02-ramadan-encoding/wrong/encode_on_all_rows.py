# fails: test_no_row_sees_its_own_fold, test_encoding_is_the_mean_of_the_other_folds, test_unknown_categories_get_the_fallback
# why: The mean of a category is taken over all rows, the row itself among them.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    return df.groupby(column)[target].transform("mean").fillna(df[target].mean())
