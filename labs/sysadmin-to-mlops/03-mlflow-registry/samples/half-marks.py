# score: 11
# why: Picks and promotes with care, but logs without a signature or a list of types and loads without a checksum.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    mlflow.set_experiment(experiment)
    with mlflow.start_run() as run:
        mlflow.log_metrics(metrics)
        types = skops.io.get_untrusted_types(data=skops.io.dumps(model))
        mlflow.sklearn.log_model(model, name="model", pip_requirements=REQUIREMENTS, skops_trusted_types=types)
    return run.info.run_id


# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    if mode not in ("max", "min"):
        raise ValueError(mode)
    runs = mlflow.search_runs(experiment_names=[experiment], filter_string="status = 'FINISHED'")
    column = f"metrics.{metric}"
    if column not in runs or runs[column].isna().all():
        raise LookupError(metric)
    # search_runs gives the newest first, so take the last of equals
    value = runs[column].max() if mode == "max" else runs[column].min()
    return runs[runs[column] == value]["run_id"].iloc[-1]


# %% exercise="promote"
def metric_of(name: str, version: int, metric: str) -> float:
    return client.get_run(client.get_model_version(name, version).run_id).data.metrics.get(metric, float("nan"))


def promote(name: str, challenger: int, metric: str, min_gain: float) -> bool:
    aliases = client.get_registered_model(name).aliases
    if "champion" in aliases:
        gain = metric_of(name, challenger, metric) - metric_of(name, aliases["champion"], metric)
        if not gain > 0 or gain < min_gain:
            return False
        client.set_registered_model_tag(name, "before", aliases["champion"])
    client.set_registered_model_alias(name, "champion", challenger)
    return True


def rollback(name: str) -> int:
    version = client.get_registered_model(name).tags.get("before")
    if version is None:
        raise LookupError(name)
    client.set_registered_model_alias(name, "champion", version)
    return int(version)


# %% exercise="score"
def score(name: str, rows: list[dict]) -> list:
    model = mlflow.pyfunc.load_model(f"models:/{name}@champion")
    if not rows:
        return []
    frame = pd.DataFrame(rows)[model.metadata.get_input_schema().input_names()].astype(float)
    return model.predict(frame).tolist()
