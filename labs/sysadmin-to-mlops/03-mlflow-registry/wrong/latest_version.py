# fails: test_the_champion_scores, test_changed_artifact_is_refused
# why: Takes the newest version, whatever the alias says.

# %% exercise="score"
def score(name: str, rows: list[dict]) -> list:
    version = max(client.search_model_versions(f"name='{name}'"), key=lambda one: int(one.version))
    uri = f"models:/{name}/{version.version}"
    if client.get_run(version.run_id).data.tags.get("model_sha256") != sha256_of(uri):
        raise ValueError(f"version {version.version} of {name} is not what was logged")
    model = mlflow.pyfunc.load_model(uri)
    if not rows:
        return []
    columns = model.metadata.get_input_schema().input_names()
    frame = pd.DataFrame(rows).reindex(columns=columns).astype(float)
    if frame.isna().any(axis=None):
        raise ValueError(f"each row needs {columns}")
    return model.predict(frame).tolist()
