# fails: test_only_whole_runs_count
# why: A champion whose run was deleted stays, by the metric that it once had.

# %% exercise="registry"
def promote_best(name: str) -> int:
    client = mlflow.MlflowClient()
    counts = {}
    for version in client.search_model_versions(f"name='{name}'"):
        run = client.get_run(version.run_id)
        right = run.data.metrics.get("right", math.nan)
        is_whole = run.info.status == "FINISHED" and run.info.lifecycle_stage == "active"
        if str(version.version) == client.get_registered_model(name).aliases.get("champion") and math.isfinite(right):
            counts[int(version.version)] = right
        if is_whole and math.isfinite(right) and "rolled_back" not in version.tags:
            counts[int(version.version)] = right
    if not counts:
        raise LookupError(f"no version of {name} counts")
    best = min(counts, key=lambda number: (-counts[number], number))
    champion = client.get_registered_model(name).aliases.get("champion")
    if champion is not None and counts.get(int(champion), -math.inf) >= counts[best]:
        return int(champion)
    if champion is not None:
        client.set_registered_model_alias(name, "previous", champion)
    client.set_registered_model_alias(name, "champion", best)
    return best


def rollback(name: str) -> int:
    client = mlflow.MlflowClient()
    aliases = client.get_registered_model(name).aliases
    if "previous" not in aliases:
        raise LookupError(f"{name} has no previous champion")
    client.set_model_version_tag(name, aliases["champion"], "rolled_back", "true")
    client.set_registered_model_alias(name, "champion", aliases["previous"])
    client.delete_registered_model_alias(name, "previous")
    return int(aliases["previous"])
