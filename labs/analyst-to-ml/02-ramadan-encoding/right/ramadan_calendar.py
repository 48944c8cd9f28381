# why: A calendar of every day is built once, and dates are looked up in it; flags as 0 and 1.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    calendar = pd.DataFrame(index=pd.date_range(table["ramadan_start"].iloc[0], table["eid_al_fitr"].iloc[-1]))
    calendar[["is_ramadan", "is_eid"]] = 0
    for start, eid in zip(table["ramadan_start"], table["eid_al_fitr"], strict=True):
        calendar.loc[start : eid - pd.Timedelta(days=1), "is_ramadan"] = 1
        calendar.loc[eid : eid + pd.Timedelta(days=2), "is_eid"] = 1
    next_eid = pd.Series(table["eid_al_fitr"].to_numpy(), index=table["eid_al_fitr"]).reindex(calendar.index).bfill()
    calendar["days_to_eid"] = (next_eid - calendar.index).dt.days
    if not dates.isin(calendar.index).all():
        raise ValueError("the calendar ends before these dates do")
    return calendar.loc[dates.to_numpy()].set_axis(dates.index)
