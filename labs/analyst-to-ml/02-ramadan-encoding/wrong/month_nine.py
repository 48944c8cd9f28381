# fails: test_ramadan_follows_the_table
# why: Ramadan is the ninth month of the Hijri year, so it is taken for the ninth month of the Gregorian year.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    eids = table["eid_al_fitr"].to_numpy()
    next_eid = eids[np.searchsorted(eids, dates.to_numpy())]
    days_to_eid = (next_eid - dates.to_numpy()) // np.timedelta64(1, "D")
    is_ramadan = pd.Series(data=False, index=dates.index)
    is_eid = pd.Series(data=False, index=dates.index)
    for row in table.itertuples():
        is_ramadan |= dates.between(row.ramadan_start, row.eid_al_fitr, inclusive="left")
        is_eid |= dates.between(row.eid_al_fitr, row.eid_al_fitr + pd.Timedelta(days=2))
    is_ramadan = dates.dt.month == 9
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
