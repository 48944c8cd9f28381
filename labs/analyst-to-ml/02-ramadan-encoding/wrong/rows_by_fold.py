# fails: test_no_row_sees_its_fold, test_mean_of_other_folds, test_unknown_gets_fallback, test_rows_keep_their_place
# why: The folds are put one under the other with a new index, so the values stand beside other rows.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    parts = []
    for fold in np.unique(folds):
        mine = folds == fold
        others = df[~mine]
        means = others.groupby(column)[target].mean()
        parts.append(df.loc[mine, column].map(means).fillna(others[target].mean()))
    return pd.concat(parts, ignore_index=True)
