# fails: test_outages_stay_unknown
# why: Groups by the hour, so hours without a poll are no rows and windows of rows are no windows of time.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
    by_tower = rows.groupby("tower")
    fresh = by_tower["time"].diff() <= pd.Timedelta(freq)
    for name in ["bytes", "drops"]:
        step = by_tower[f"{name}_total"].diff()
        rows[name] = step.where(step >= 0, rows[f"{name}_total"]).where(fresh)
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table[table["polls"] > 0].reset_index()
