# fails: test_each_row_counts_to_its_next_eid
# why: The distance to the nearest Eid is given, so the week after Eid looks like the week before it.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    is_ramadan = pd.Series(data=False, index=dates.index)
    is_eid = pd.Series(data=False, index=dates.index)
    for row in table.itertuples():
        is_ramadan |= dates.between(row.ramadan_start, row.eid_al_fitr, inclusive="left")
        is_eid |= dates.between(row.eid_al_fitr, row.eid_al_fitr + pd.Timedelta(days=2))
    distances = np.abs(dates.to_numpy()[:, None] - table["eid_al_fitr"].to_numpy()[None, :])
    days_to_eid = distances.min(axis=1) // np.timedelta64(1, "D")
    return pd.DataFrame({"is_ramadan": is_ramadan, "is_eid": is_eid, "days_to_eid": days_to_eid}, index=dates.index)
