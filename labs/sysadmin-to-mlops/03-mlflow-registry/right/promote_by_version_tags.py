# why: Each champion's version remembers the one before it: a chain of tags on the versions.

# %% exercise="promote"
def metric_of(name: str, version: int, metric: str) -> float:
    return client.get_run(client.get_model_version(name, version).run_id).data.metrics.get(metric, math.nan)


def promote(name: str, challenger: int, metric: str, min_gain: float) -> bool:
    aliases = dict(client.get_registered_model(name).aliases)
    value = metric_of(name, challenger, metric)
    if "champion" in aliases:
        before = int(aliases["champion"])
        gain = value - metric_of(name, before, metric)
        earned = gain >= min_gain and gain > 0
    else:
        before, earned = 0, not math.isnan(value)
    if earned:
        client.set_model_version_tag(name, str(challenger), "before", str(before))
        client.set_registered_model_alias(name, "champion", str(challenger))
    return earned


def rollback(name: str) -> int:
    now = client.get_model_version_by_alias(name, "champion")
    before = int(now.tags.get("before", 0))
    if before == 0:
        raise LookupError(name)
    client.set_registered_model_alias(name, "champion", str(before))
    return before
