# fails: test_rows_keep_their_place
# why: Values are assigned by index label, and where labels repeat they land in several rows.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    values = pd.Series(np.nan, index=df.index)
    for fold in np.unique(folds):
        mine = folds == fold
        others = df[~mine]
        means = others.groupby(column)[target].mean()
        encoded = df.loc[mine, column].map(means).fillna(others[target].mean())
        for label, value in encoded.items():
            values.loc[label] = value
    return values
