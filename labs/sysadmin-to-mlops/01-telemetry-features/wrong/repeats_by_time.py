# fails: test_sound_polls_pass, test_each_fault_is_named
# why: Two towers that are polled in the same second are taken for a repeated poll.

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
    if "time" in there and df.duplicated(["time"]).any():
        problems.append("repeated poll")
    return problems
