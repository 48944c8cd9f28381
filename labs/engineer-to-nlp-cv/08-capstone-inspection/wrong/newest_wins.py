# fails: test_only_whole_runs_count, test_ties_and_the_champion, test_rollback
# why: Takes the newest version that counts, not the best.

# %% exercise="registry"
def promote_best(name: str) -> int:
    client = mlflow.MlflowClient()
    counts = {}
    for version in client.search_model_versions(f"name='{name}'"):
        run = client.get_run(version.run_id)
        right = run.data.metrics.get("right", math.nan)
        is_whole = run.info.status == "FINISHED" and run.info.lifecycle_stage == "active"
        if is_whole and math.isfinite(right) and "rolled_back" not in version.tags:
            counts[int(version.version)] = right
    if not counts:
        raise LookupError(f"no version of {name} counts")
    best = max(counts)
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
