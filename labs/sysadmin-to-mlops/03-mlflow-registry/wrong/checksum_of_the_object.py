# fails: test_checksum_is_that_of_the_model
# why: The checksum is that of the object in memory, not of the file that will be loaded.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    if not set(needed) <= set(TRUSTED):
        raise ValueError(f"nobody has vouched for {sorted(set(needed) - set(TRUSTED))}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    with mlflow.start_run(experiment_id=experiment_id) as run:
        mlflow.log_metrics(metrics)
        mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=REQUIREMENTS,
            skops_trusted_types=needed,
        )
        mlflow.set_tag("model_sha256", hashlib.sha256(repr(model).encode()).hexdigest())
    return run.info.run_id
