# fails: test_up_to_four_weeks_back_by_the_calendar
# why: LAG over rows: where a day is absent, seven rows back is another weekday.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    ordered = df.reset_index(drop=True).sort_values(["area", "date"])
    forecast = ordered["demand_mwh"]
    filled = forecast.groupby([ordered["area"], ordered["date"].dt.dayofweek]).ffill()
    lagged = filled.groupby(ordered["area"]).shift(7)
    return pd.Series(lagged.sort_index().to_numpy(), index=df.index)
