# why: A loop over towers, floors for bins, and a reindex that brings the empty ones back.

# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    parts = []
    for tower, polls in df.groupby("tower"):
        rows = polls.sort_values("time").reset_index(drop=True)
        utc = rows["time"].dt.tz_convert("UTC")
        known = utc - utc.shift() <= pd.Timedelta(1, unit="D") if freq == "1D" else utc.diff() <= pd.Timedelta(freq)
        bins = utc.dt.floor(freq)
        table = pd.DataFrame({"polls": bins.value_counts().sort_index()})
        for name in ("bytes", "drops"):
            total = rows[f"{name}_total"].to_numpy(dtype=float)
            moved = np.diff(total, prepend=np.nan)
            moved = np.where(moved < 0, total, moved)
            table[name] = pd.Series(moved)[known].groupby(bins[known]).sum()
        table["temp_c"] = rows["temp_c"].groupby(bins).mean()
        every = pd.date_range(bins.iloc[0], bins.iloc[-1], freq=freq, name="time")
        table = table.reindex(every).fillna({"polls": 0})
        parts.append(table.assign(tower=tower).reset_index())
    return pd.concat(parts, ignore_index=True)
