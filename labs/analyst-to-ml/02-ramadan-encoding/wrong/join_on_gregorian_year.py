# fails: test_ramadan_follows_the_table, test_eid_lasts_three_days, test_each_row_counts_to_its_next_eid
# why: A Gregorian year is believed to hold one Ramadan, whole; some hold two, and some Ramadans lie in two years.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    by_year = table.drop_duplicates("eid_al_fitr").groupby(table["ramadan_start"].dt.year).first()
    start = dates.dt.year.map(by_year["ramadan_start"])
    eid = dates.dt.year.map(by_year["eid_al_fitr"])
    is_ramadan = (dates >= start) & (dates < eid)
    is_eid = (dates >= eid) & (dates <= eid + pd.Timedelta(days=2))
    days_to_eid = (eid - dates).dt.days.where(dates <= eid, (eid - dates).dt.days + 354)
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
