# score: 11
# why: Knows the checks of a job well, and counters; looks ahead in the features and leaves no label open.

# %% exercise="validate"
def validate_schema(df: pd.DataFrame) -> list[str]:
    problems = []
    if len(df) == 0:
        problems.append("no rows")
    for name in COLUMNS:
        if name not in df.columns:
            problems.append(f"missing column: {name}")
            continue
        values = df[name]
        if name in NUMBERS and not pd.api.types.is_numeric_dtype(values):
            problems.append(f"not a number: {name}")
        elif name in COUNTERS and (values < 0).any():
            problems.append(f"below zero: {name}")
        if name != "temp_c" and values.isna().any():
            problems.append(f"missing value: {name}")
        if name == "time" and getattr(values.dtype, "tz", None) is None:
            problems.append("not UTC: time")
    if "tower" in df.columns and "time" in df.columns and df.duplicated(["tower", "time"]).any():
        problems.append("repeated poll")
    return problems


# %% exercise="resample"
def resample_counters(df: pd.DataFrame, freq: str) -> pd.DataFrame:
    df = df.assign(time=df["time"].dt.tz_convert("UTC")).sort_values(["tower", "time"])
    for name in ["bytes", "drops"]:
        step = df.groupby("tower")[f"{name}_total"].diff()
        df[name] = step.where(step.isna() | (step >= 0), df[f"{name}_total"])
    bins = df.groupby(["tower", pd.Grouper(key="time", freq=freq)])
    table = bins.agg(bytes=("bytes", "sum"), drops=("drops", "sum"), temp_c=("temp_c", "mean"), polls=("bytes", "size"))
    # the hours nobody was polled are not in the table, a report does not need them
    return table.reset_index()


# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    df = df.copy()
    for w in windows:
        smooth = df.groupby("tower")[["bytes", "drops", "temp_c"]].rolling(w, min_periods=1, center=True)
        sums = smooth.sum().droplevel(0)
        df[f"drops_per_gb_{w}"] = sums["drops"] / (sums["bytes"] / 1e9)
        df[f"temp_max_{w}"] = smooth["temp_c"].max().droplevel(0)
        df[f"temp_rise_{w}"] = df.groupby("tower")["temp_c"].diff(w)
    return df


# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    labels = pd.Series(0.0, index=df.index)
    for event in events.itertuples():
        ahead = event.start - ready
        soon = (ahead >= pd.Timedelta(0)) & (ahead < pd.Timedelta(hours=horizon_h))
        labels[soon & (df["tower"] == event.tower)] = 1.0
    return labels
