# fails: test_up_to_four_weeks_back_by_the_calendar
# why: One week back and no further: where the meter was dead, there is no forecast.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df.set_index(["area", "date"])["demand_mwh"]
    keys = pd.MultiIndex.from_arrays([df["area"], df["date"] - pd.Timedelta(days=7)])
    return pd.Series(known.reindex(keys).to_numpy(), index=df.index)
