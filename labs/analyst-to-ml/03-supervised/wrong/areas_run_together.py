# fails: test_same_area_a_week_before, test_up_to_four_weeks_back_by_the_calendar, test_rows_keep_their_place
# why: The join is on the date alone, so one area's demand stands for all.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.dropna(subset=["demand_mwh"]).groupby("date")["demand_mwh"].first()
    forecast = np.full(len(df), np.nan)
    for weeks in (4, 3, 2, 1):
        found = known.reindex(df["date"] - pd.Timedelta(weeks=weeks)).to_numpy()
        forecast = np.where(np.isnan(found), forecast, found)
    return pd.Series(forecast, index=df.index)
