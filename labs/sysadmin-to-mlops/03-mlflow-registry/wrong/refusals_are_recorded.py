# fails: test_rollback_twice
# why: The record is written before the decision, so refused challengers get into it.

# %% exercise="promote"
def metric_of(name: str, version: int, metric: str) -> float:
    run_id = client.get_model_version(name, version).run_id
    return client.get_run(run_id).data.metrics.get(metric, math.nan)


def promote(name: str, challenger: int, metric: str, min_gain: float) -> bool:
    registered = client.get_registered_model(name)
    former = json.loads(registered.tags.get("former_champions", "[]"))
    champion, value = registered.aliases.get("champion"), metric_of(name, challenger, metric)
    if champion is None and math.isnan(value):
        return False
    if champion is not None:
        client.set_registered_model_tag(name, "former_champions", json.dumps([*former, int(champion)]))
        gain = value - metric_of(name, champion, metric)
        if not (gain > 0 and gain >= min_gain):
            return False
        former.append(int(champion))
    client.set_registered_model_tag(name, "former_champions", json.dumps(former))
    client.set_registered_model_alias(name, "champion", challenger)
    return True


def rollback(name: str) -> int:
    former = json.loads(client.get_registered_model(name).tags.get("former_champions", "[]"))
    if not former:
        raise LookupError(f"{name} has no champion before this one")
    version = former.pop()
    client.set_registered_model_tag(name, "former_champions", json.dumps(former))
    client.set_registered_model_alias(name, "champion", version)
    return version
