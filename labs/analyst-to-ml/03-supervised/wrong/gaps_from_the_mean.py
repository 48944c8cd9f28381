# fails: test_same_area_a_week_before, test_up_to_four_weeks_back_by_the_calendar, test_the_future_does_not_show
# why: What is missing gets the area's mean over the whole table, later days included.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    forecast = np.full(len(df), np.nan)
    for weeks in (4, 3, 2, 1):
        keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(weeks=weeks)])
        found = known.reindex(keys).to_numpy()
        forecast = np.where(np.isnan(found), forecast, found)
    usual = df.groupby("area")["demand_mwh"].transform("mean")
    return pd.Series(forecast, index=df.index).where(~np.isnan(forecast), usual)
