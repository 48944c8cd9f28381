# fails: test_each_fault_is_named
# why: Only rows that are equal in every column count as repeated; a poll sent twice with another reading slips in.

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
    if {"tower", "time"} <= set(there) and df.duplicated().any():
        problems.append("repeated poll")
    return problems
