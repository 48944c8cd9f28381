# fails: test_same_area_a_week_before, test_up_to_four_weeks_back_by_the_calendar, test_the_future_does_not_show
# why: Yesterday is copied where it is known: nearer, but not the same weekday, and not asked for.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.dropna(subset=["demand_mwh"]).set_index(["area", "date"])["demand_mwh"]
    forecast = np.full(len(df), np.nan)
    for days in (28, 21, 14, 7, 1):
        keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(days=days)])
        found = known.reindex(keys).to_numpy()
        forecast = np.where(np.isnan(found), forecast, found)
    return pd.Series(forecast, index=df.index)
