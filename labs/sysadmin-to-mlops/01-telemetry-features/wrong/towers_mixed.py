# fails: test_towers_are_counted_apart
# why: The difference runs over all polls in order of time, from one tower to the next.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values("time")
    fresh = rows["time"].diff() <= pd.Timedelta(freq)
    for name in ["bytes", "drops"]:
        step = rows[f"{name}_total"].diff()
        rows[name] = step.where(step >= 0, rows[f"{name}_total"]).where(fresh)
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table.reset_index()
