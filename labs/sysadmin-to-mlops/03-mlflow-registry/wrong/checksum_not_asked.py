# fails: test_changed_artifact_is_refused
# why: Loads whatever lies in the folder.

# %% exercise="score"
def score(name: str, rows: list[dict]) -> list:
    version = client.get_model_version_by_alias(name, "champion")
    uri = f"models:/{name}/{version.version}"
    model = mlflow.pyfunc.load_model(uri)
    if not rows:
        return []
    columns = model.metadata.get_input_schema().input_names()
    frame = pd.DataFrame(rows).reindex(columns=columns).astype(float)
    if frame.isna().any(axis=None):
        raise ValueError(f"each row needs {columns}")
    return model.predict(frame).tolist()
