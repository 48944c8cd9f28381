# fails: test_ramadan_follows_the_table, test_eid_lasts_three_days
# why: The seasons of the years on hand are written into the code, and the calendar that is given is not read.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    eids = table["eid_al_fitr"].to_numpy()
    next_eid = eids[np.searchsorted(eids, dates.to_numpy())]
    days_to_eid = (next_eid - dates.to_numpy()) // np.timedelta64(1, "D")
    seasons = [("2022-04-02", "2022-05-02"), ("2023-03-23", "2023-04-21")]
    seasons += [("2024-03-11", "2024-04-10"), ("2025-03-01", "2025-03-30")]
    is_ramadan = pd.Series(data=False, index=dates.index)
    is_eid = pd.Series(data=False, index=dates.index)
    for start, eid in seasons:
        is_ramadan |= dates.between(start, eid, inclusive="left")
        is_eid |= dates.between(eid, pd.Timestamp(eid) + pd.Timedelta(days=2))
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
