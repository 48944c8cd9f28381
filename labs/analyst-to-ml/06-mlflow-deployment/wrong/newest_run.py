# fails: test_best_of_the_runs_that_count, test_of_equals_the_first, test_started_twice_it_makes_one_version
# why: The newest run is taken for the best.

# %% exercise="register"
def register_best(experiment: str, name: str) -> int:
    found = client.get_experiment_by_name(experiment)
    runs = client.search_runs(
        [found.experiment_id], "attributes.status = 'FINISHED'", order_by=["attributes.start_time ASC"]
    )
    runs = [run for run in runs if math.isfinite(run.data.metrics.get("mae", math.nan))]
    if not runs:
        raise ValueError(f"no finished run of {experiment} has a finite mae")
    best = runs[-1].info.run_id
    versions = client.search_model_versions(f"name = '{name}'")
    version = next((version for version in versions if version.run_id == best), None)
    if version is None:
        version = mlflow.register_model(f"runs:/{best}/model", name)
        client.set_model_version_tag(name, version.version, "sha256", model_sha256(version.source))
    client.set_registered_model_alias(name, "champion", version.version)
    return int(version.version)
