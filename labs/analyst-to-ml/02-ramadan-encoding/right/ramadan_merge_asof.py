# why: Two as-of joins on sorted dates, then back to the order of the input.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    days = pd.DataFrame({"day": dates.to_numpy(), "place": np.arange(len(dates))}).sort_values("day")
    ahead = pd.merge_asof(days, table, left_on="day", right_on="eid_al_fitr", direction="forward")
    behind = pd.merge_asof(days, table, left_on="day", right_on="eid_al_fitr")["eid_al_fitr"]
    ahead["is_ramadan"] = ahead["ramadan_start"] <= ahead["day"]
    ahead["is_ramadan"] &= ahead["day"] < ahead["eid_al_fitr"]
    ahead["is_eid"] = (ahead["day"] - behind).dt.days.between(0, 2)
    ahead["days_to_eid"] = (ahead["eid_al_fitr"] - ahead["day"]).dt.days
    return ahead.sort_values("place")[["is_ramadan", "is_eid", "days_to_eid"]].set_axis(dates.index)
