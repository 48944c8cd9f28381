# why: Plain csv, a row at a time; both files are complete before the first is renamed.

# %% exercise="batch"
import csv


def fault_of(row, meters):
    if row["meter"] not in meters:
        return "unknown meter"
    try:
        values = [float(row[feature]) for feature in FEATURES]
    except ValueError:
        return "bad value"
    return None if all(map(math.isfinite, values)) else "bad value"


def batch_score(name: str, meters: list[str], in_path: str, out_path: str) -> dict[str, int]:
    version = client.get_model_version_by_alias(name, "champion")
    if version.tags["sha256"] != model_sha256(f"models:/{name}/{version.version}"):
        raise ValueError("the model is not the one that was registered")
    with Path(in_path).open(newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), reader.fieldnames
    if not {"meter", "date", *FEATURES} <= set(columns):
        raise ValueError("a column is missing")
    good = [row for row in rows if fault_of(row, meters) is None]
    rejected = [row | {"reason": fault_of(row, meters)} for row in rows if fault_of(row, meters) is not None]
    forecasts = []
    if good:
        values = pd.DataFrame([[float(row[feature]) for feature in FEATURES] for row in good], columns=FEATURES)
        forecasts = mlflow.pyfunc.load_model(f"models:/{name}@champion").predict(values)
    pairs = zip(good, forecasts, strict=True)
    lines = [[row["meter"], row["date"], float(value), version.version] for row, value in pairs]
    tables = {
        out_path: [["meter", "date", "forecast_m3", "version"], *lines],
        out_path.removesuffix(".csv") + ".rejects.csv": [
            [*columns, "reason"],
            *([row[column] for column in [*columns, "reason"]] for row in rejected),
        ],
    }
    for path, lines in tables.items():
        with Path(path + ".tmp").open("w", newline="") as file:
            csv.writer(file).writerows(lines)
    for path in tables:
        Path(path + ".tmp").rename(path)
    return {"version": int(version.version), "scored": len(good), "rejected": len(rejected)}
