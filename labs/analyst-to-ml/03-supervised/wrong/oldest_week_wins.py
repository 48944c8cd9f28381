# fails: test_same_area_a_week_before, test_up_to_four_weeks_back_by_the_calendar
# why: The loop runs the wrong way round, and the week four weeks back has the last word.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    forecast = np.full(len(df), np.nan)
    for weeks in (1, 2, 3, 4):
        keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(weeks=weeks)])
        found = known.reindex(keys).to_numpy()
        forecast = np.where(np.isnan(found), forecast, found)
    return pd.Series(forecast, index=df.index)
