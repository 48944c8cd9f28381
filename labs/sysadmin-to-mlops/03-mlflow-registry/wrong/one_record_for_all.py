# fails: test_other_models_and_aliases_stay
# why: One list in the notebook for all models: another model's version is rolled back to.

# %% exercise="promote"
PAST = []


def metric_of(name: str, version: int, metric: str) -> float:
    run_id = client.get_model_version(name, version).run_id
    return client.get_run(run_id).data.metrics.get(metric, math.nan)


def promote(name: str, challenger: int, metric: str, min_gain: float) -> bool:
    champion, value = client.get_registered_model(name).aliases.get("champion"), metric_of(name, challenger, metric)
    if champion is None and math.isnan(value):
        return False
    if champion is None:
        PAST.clear()
    else:
        gain = value - metric_of(name, champion, metric)
        if not (gain > 0 and gain >= min_gain):
            return False
        PAST.append(int(champion))
    client.set_registered_model_alias(name, "champion", challenger)
    return True


def rollback(name: str) -> int:
    if not PAST:
        raise LookupError(name)
    version = PAST.pop()
    client.set_registered_model_alias(name, "champion", version)
    return version
