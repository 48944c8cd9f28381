# score: 20
# why: The reference answers, as they are.

# %% exercise="validate"
def validate_schema(df: pd.DataFrame) -> list[str]:
    there = [name for name in COLUMNS if name in df.columns]
    numeric = [name for name in there if pd.api.types.is_numeric_dtype(df[name])]
    problems = ["no rows"] if df.empty else []
    problems += [f"missing column: {name}" for name in COLUMNS if name not in there]
    problems += [f"not a number: {name}" for name in NUMBERS if name in there and name not in numeric]
    if "time" in there and str(df["time"].dtype) != "datetime64[ns, UTC]":
        problems.append("not UTC: time")
    problems += [f"missing value: {name}" for name in there if name != "temp_c" and df[name].isna().any()]
    problems += [f"below zero: {name}" for name in COUNTERS if name in numeric and (df[name] < 0).any()]
    if {"tower", "time"} <= set(there) and df.duplicated(["tower", "time"]).any():
        problems.append("repeated poll")
    return problems


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
    return table.reset_index()


# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    features = df.copy()
    by_tower = df.groupby("tower")
    for window in windows:
        past = by_tower[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1)
        sums = past[["bytes", "drops"]].sum().droplevel(0)
        gigabytes = sums["bytes"] / 1e9
        features[f"drops_per_gb_{window}"] = sums["drops"] / gigabytes.where(gigabytes > 0)
        features[f"temp_max_{window}"] = past["temp_c"].max().droplevel(0)
        features[f"temp_rise_{window}"] = df["temp_c"] - by_tower["temp_c"].shift(window)
    return features


# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    labels[until > ready.max()] = np.nan
    down = pd.Series(data=False, index=df.index)
    for event in events.itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    labels[down] = np.nan
    return labels
