# fails: test_the_champion_scores, test_changed_artifact_is_refused
# why: Loads each model once and keeps it: the alias moves, and the answers do not.

# %% exercise="score"
LOADED = {}


def score(name: str, rows: list[dict]) -> list:
    if name not in LOADED:
        version = client.get_model_version_by_alias(name, "champion")
        uri = f"models:/{name}/{version.version}"
        if client.get_run(version.run_id).data.tags.get("model_sha256") != sha256_of(uri):
            raise ValueError(f"version {version.version} of {name} is not what was logged")
        LOADED[name] = mlflow.pyfunc.load_model(uri)
    model = LOADED[name]
    if not rows:
        return []
    columns = model.metadata.get_input_schema().input_names()
    frame = pd.DataFrame(rows).reindex(columns=columns).astype(float)
    if frame.isna().any(axis=None):
        raise ValueError(f"each row needs {columns}")
    return model.predict(frame).tolist()
