# fails: test_only_vouched_types_are_logged
# why: Trusts every type that the model asks for: a file that names its own guards has none.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
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
