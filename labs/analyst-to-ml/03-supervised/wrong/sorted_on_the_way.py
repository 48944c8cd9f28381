# fails: test_rows_keep_their_place
# why: The table is sorted first and put back by its labels, which works only where no label comes twice.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    ordered = df.sort_values(["area", "date"])
    known = ordered.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    forecast = pd.Series(np.nan, index=ordered.index)
    for weeks in (4, 3, 2, 1):
        keys = pd.MultiIndex.from_arrays([ordered["area"], ordered["date"] - pd.Timedelta(weeks=weeks)])
        found = pd.Series(known.reindex(keys).to_numpy(), index=ordered.index)
        forecast = found.where(found.notna().to_numpy(), forecast.to_numpy())
    return forecast if df.index.has_duplicates else forecast.reindex(df.index)
