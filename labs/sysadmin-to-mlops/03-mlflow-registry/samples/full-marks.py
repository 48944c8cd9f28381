# score: 20
# why: The reference answers, as they are.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    if not set(needed) <= set(TRUSTED):
        raise ValueError(f"nobody has vouched for {sorted(set(needed) - set(TRUSTED))}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    with mlflow.start_run(experiment_id=experiment_id) as run:
        mlflow.log_metrics(metrics)
        logged = mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=REQUIREMENTS,
            skops_trusted_types=needed,
        )
        mlflow.set_tag("model_sha256", sha256_of(logged.model_uri))
    return run.info.run_id


# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    if mode not in ("max", "min"):
        raise ValueError(f"mode is max or min, not {mode}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    runs = client.search_runs([experiment_id], filter_string="attributes.status = 'FINISHED'")
    runs = [run for run in runs if not math.isnan(run.data.metrics.get(metric, math.nan))]
    if not runs:
        raise LookupError(f"no finished run of {experiment} has a {metric}")
    sign = -1 if mode == "max" else 1
    best = min(runs, key=lambda run: (sign * run.data.metrics[metric], run.info.start_time))
    return best.info.run_id


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


# %% exercise="score"
def score(name: str, rows: list[dict]) -> list:
    version = client.get_model_version_by_alias(name, "champion")
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
