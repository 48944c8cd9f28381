# why: As an analyst writes it: aggregate for each fold, then one left join.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    rows = df[[column, target]].assign(fold=folds).reset_index(drop=True)
    tables, priors = [], {}
    for fold in rows["fold"].unique():
        others = rows[rows["fold"] != fold]
        priors[fold] = others[target].mean()
        means = others.groupby(column, as_index=False)[target].mean()
        tables.append(means.rename(columns={target: "encoded"}).assign(fold=fold))
    joined = rows.merge(pd.concat(tables), on=[column, "fold"], how="left")
    encoded = joined["encoded"].fillna(joined["fold"].map(priors))
    return pd.Series(encoded.to_list(), index=df.index)
