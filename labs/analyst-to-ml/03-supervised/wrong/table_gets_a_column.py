# fails: test_rows_keep_their_place
# why: The forecast is worked out inside the caller's table, which comes back with a column more.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    df["naive_mwh"] = np.nan
    for weeks in (4, 3, 2, 1):
        keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(weeks=weeks)])
        found = known.reindex(keys).to_numpy()
        df["naive_mwh"] = np.where(np.isnan(found), df["naive_mwh"], found)
    return df["naive_mwh"]
