# fails: test_no_row_sees_its_fold, test_unknown_gets_fallback
# why: The fallback is the mean of all rows, so the own answer comes in by the side door.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    values = np.empty(len(df))
    for fold in np.unique(folds):
        mine = folds == fold
        others = df[~mine]
        means = others.groupby(column)[target].mean()
        values[mine] = df.loc[mine, column].map(means).fillna(df[target].mean())
    return pd.Series(values, index=df.index)
