# why: A list of rules, each a line and a question that is asked only where it can be.

# %% exercise="validate"
def validate_schema(df: pd.DataFrame) -> list[str]:
    def has(*names: str) -> bool:
        return all(name in df for name in names)

    def is_number(name: str) -> bool:
        return has(name) and df[name].dtype.kind in "iuf"

    rules = {
        "no rows": len(df) == 0,
        "repeated poll": has("tower", "time") and len(df[["tower", "time"]].drop_duplicates()) < len(df),
    }
    for name in ("tower", "time", "bytes_total", "drops_total", "temp_c"):
        rules[f"missing column: {name}"] = not has(name)
        rules[f"missing value: {name}"] = has(name) and name != "temp_c" and df[name].count() < len(df)
    for name in ("bytes_total", "drops_total", "temp_c"):
        rules[f"not a number: {name}"] = has(name) and not is_number(name)
    for name in ("bytes_total", "drops_total"):
        rules[f"below zero: {name}"] = is_number(name) and bool(df[name].min() < 0)
    time = df["time"] if has("time") else None
    rules["not UTC: time"] = time is not None and str(getattr(time.dtype, "tz", None)) != "UTC"
    return [line for line, broken in rules.items() if broken]
