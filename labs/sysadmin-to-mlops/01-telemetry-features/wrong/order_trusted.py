# fails: test_towers_are_counted_apart
# why: Trusts the polls to come in order of time; late ones turn into resets.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    rows = df.assign(time=df["time"].dt.tz_convert("UTC"))
    by_tower = rows.groupby("tower")
    fresh = by_tower["time"].diff() <= pd.Timedelta(freq)
    for name in ["bytes", "drops"]:
        step = by_tower[f"{name}_total"].diff()
        rows[name] = step.where(step >= 0, rows[f"{name}_total"]).where(fresh)
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table.reset_index()
