# why: A complete calendar, one column for each area; on it seven rows are seven days.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    wide = df.pivot(index="date", columns="area", values="demand_mwh").asfreq("D")
    wide = wide.shift(7).fillna(wide.shift(14)).fillna(wide.shift(21)).fillna(wide.shift(28))
    places = wide.index.get_indexer(df["date"]), wide.columns.get_indexer(df["area"])
    return pd.Series(wide.to_numpy()[places], index=df.index)
