# why: Each row is checked by itself, then the scikit-learn model is asked for all.

# %% exercise="score"
def score(name: str, rows: list[dict]) -> list:
    live = client.get_registered_model(name).aliases["champion"]
    uri = f"models:/{name}/{live}"
    noted = client.get_run(client.get_model_version(name, live).run_id).data.tags.get("model_sha256", "")
    if noted != sha256_of(uri):
        raise ValueError("somebody changed the model")
    columns = mlflow.models.get_model_info(uri).signature.inputs.input_names()
    table = []
    for row in rows:
        values = [float(row.get(name) if row.get(name) is not None else "nothing") for name in columns]
        if any(math.isnan(value) for value in values):
            raise ValueError("a value is missing")
        table.append(values)
    if not table:
        return []
    model = mlflow.sklearn.load_model(uri)
    return [value.item() for value in model.predict(pd.DataFrame(table, columns=columns))]
