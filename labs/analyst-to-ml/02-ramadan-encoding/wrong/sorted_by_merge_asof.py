# fails: test_each_row_counts_to_its_next_eid
# why: merge_asof wants sorted rows and makes a new index; left in that order, the answer no longer fits its dates.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if (dates < table["ramadan_start"].min()).any() or (dates > table["eid_al_fitr"].max()).any():
        raise ValueError("a date is outside the calendar")
    days = dates.sort_values().rename("day").to_frame()
    found = pd.merge_asof(days, table, left_on="day", right_on="eid_al_fitr", direction="forward")
    last = pd.merge_asof(days, table, left_on="day", right_on="eid_al_fitr")["eid_al_fitr"]
    return pd.DataFrame(
        {
            "is_ramadan": found["day"].between(found["ramadan_start"], found["eid_al_fitr"], inclusive="left"),
            "is_eid": (found["day"] - last).dt.days.between(0, 2),
            "days_to_eid": (found["eid_al_fitr"] - found["day"]).dt.days,
        }
    )
