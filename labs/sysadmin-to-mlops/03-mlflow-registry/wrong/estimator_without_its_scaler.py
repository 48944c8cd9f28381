# fails: test_served_model_answers
# why: Logs the last step only; the scaler stays in the notebook and the answers are nonsense.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    needed = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    if not set(needed) <= set(TRUSTED):
        raise ValueError(f"nobody has vouched for {sorted(set(needed) - set(TRUSTED))}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    with mlflow.start_run(experiment_id=experiment_id) as run:
        mlflow.log_metrics(metrics)
        logged = mlflow.sklearn.log_model(
            model[-1] if hasattr(model, "steps") else model,
            name="model",
            signature=infer_signature(X, model.predict(X)),
            pip_requirements=REQUIREMENTS,
            skops_trusted_types=needed,
        )
        mlflow.set_tag("model_sha256", sha256_of(logged.model_uri))
    return run.info.run_id
