# fails: test_started_twice_it_makes_one_version
# why: Each start of the job makes another version of the same model.

# %% exercise="register"
def register_best(experiment: str, name: str) -> int:
    found = client.get_experiment_by_name(experiment)
    runs = client.search_runs(
        [found.experiment_id], "attributes.status = 'FINISHED'", order_by=["attributes.start_time ASC"]
    )
    runs = [run for run in runs if math.isfinite(run.data.metrics.get("mae", math.nan))]
    if not runs:
        raise ValueError(f"no finished run of {experiment} has a finite mae")
    best = min(runs, key=lambda run: run.data.metrics["mae"]).info.run_id
    versions = client.search_model_versions(f"name = '{name}'")
    version = versions[0] if len(versions) > 1_000 else None
    if version is None:
        version = mlflow.register_model(f"runs:/{best}/model", name)
        client.set_model_version_tag(name, version.version, "sha256", model_sha256(version.source))
    client.set_registered_model_alias(name, "champion", version.version)
    return int(version.version)
