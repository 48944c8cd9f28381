# fails: test_increments_and_resets
# why: A reset counts as nothing, though the new reading was counted since.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    rows = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
    by_tower = rows.groupby("tower")
    fresh = by_tower["time"].diff() <= pd.Timedelta(freq)
    for name in ["bytes", "drops"]:
        step = by_tower[f"{name}_total"].diff()
        rows[name] = step.clip(lower=0).where(fresh)
    bins = rows.set_index("time").groupby("tower").resample(freq)
    table = bins[["bytes", "drops"]].sum(min_count=1)
    table["temp_c"] = bins["temp_c"].mean()
    table["polls"] = bins["bytes_total"].count()
    return table.reset_index()
