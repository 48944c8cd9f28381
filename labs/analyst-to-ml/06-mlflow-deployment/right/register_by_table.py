# why: The runs as a table, sorted by error and then by start; the tag is given with the registration.

# %% exercise="register"
def register_best(experiment: str, name: str) -> int:
    runs = mlflow.search_runs(experiment_names=[experiment])
    if "metrics.mae" not in runs:
        raise ValueError("no run has a mae")
    runs = runs[(runs["status"] == "FINISHED") & np.isfinite(runs["metrics.mae"])]
    if runs.empty:
        raise ValueError("no run qualifies")
    best = runs.sort_values(["metrics.mae", "start_time"]).iloc[0]["run_id"]
    known = {version.run_id: version.version for version in client.search_model_versions(f"name='{name}'")}
    if best not in known:
        made = mlflow.register_model(f"runs:/{best}/model", name, tags={"sha256": model_sha256(f"runs:/{best}/model")})
        known[best] = made.version
    client.set_registered_model_alias(name, "champion", str(known[best]))
    return int(known[best])
