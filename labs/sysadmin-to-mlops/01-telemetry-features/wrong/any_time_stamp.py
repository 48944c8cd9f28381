# fails: test_only_utc_is_utc, test_all_faults_are_told_at_once
# why: Asks whether time is a time stamp, and not in which zone it is kept.

# %% exercise="validate"
def validate_schema(df: pd.DataFrame) -> list[str]:
    there = [name for name in COLUMNS if name in df.columns]
    numeric = [name for name in there if pd.api.types.is_numeric_dtype(df[name])]
    problems = ["no rows"] if df.empty else []
    problems += [f"missing column: {name}" for name in COLUMNS if name not in there]
    problems += [f"not a number: {name}" for name in NUMBERS if name in there and name not in numeric]
    if "time" in there and not pd.api.types.is_datetime64_any_dtype(df["time"]):
        problems.append("not UTC: time")
    problems += [f"missing value: {name}" for name in there if name != "temp_c" and df[name].isna().any()]
    problems += [f"below zero: {name}" for name in COUNTERS if name in numeric and (df[name] < 0).any()]
    if {"tower", "time"} <= set(there) and df.duplicated(["tower", "time"]).any():
        problems.append("repeated poll")
    return problems
