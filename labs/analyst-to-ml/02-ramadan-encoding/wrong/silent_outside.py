# fails: test_a_date_outside_the_table_is_refused
# why: Beyond the calendar's end the features quietly say that there is no Ramadan.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    eids = table["eid_al_fitr"].to_numpy()
    place = np.searchsorted(eids, dates.to_numpy()).clip(max=len(eids) - 1)
    days_to_eid = (eids[place] - dates.to_numpy()) // np.timedelta64(1, "D")
    is_ramadan = pd.Series(data=False, index=dates.index)
    is_eid = pd.Series(data=False, index=dates.index)
    for row in table.itertuples():
        is_ramadan |= dates.between(row.ramadan_start, row.eid_al_fitr, inclusive="left")
        is_eid |= dates.between(row.eid_al_fitr, row.eid_al_fitr + pd.Timedelta(days=2))
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
