# fails: test_outages_stay_unknown
# why: The increment over hours of silence is booked into the hour that ended it.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
    by_tower = rows.groupby("tower")
    for name in ["bytes", "drops"]:
        step = by_tower[f"{name}_total"].diff()
        rows[name] = step.where(step >= 0, rows[f"{name}_total"]).where(step.notna())
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table.reset_index()
