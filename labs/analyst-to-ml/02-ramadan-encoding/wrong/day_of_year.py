# fails: test_ramadan_follows_the_table, test_eid_lasts_three_days, test_each_row_counts_to_its_next_eid
# why: The season of one year is taken for the season of every year: the day of the year stands in for Ramadan.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    start, eid = table["ramadan_start"].iloc[-1].dayofyear, table["eid_al_fitr"].iloc[-1].dayofyear
    day = dates.dt.dayofyear
    is_ramadan = (day >= start) & (day < eid)
    is_eid = (day >= eid) & (day < eid + 3)
    days_to_eid = (eid - day) % 365
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
