# why: The run is made and ended through the client; types are checked in one comprehension.

# %% exercise="log"
def log_run(experiment: str, model: object, X: pd.DataFrame, metrics: dict[str, float]) -> str:
    asked = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    if [kind for kind in asked if kind not in TRUSTED]:
        raise ValueError("this model needs types that are not on the list")
    mlflow.set_experiment(experiment)
    run = mlflow.start_run()
    try:
        info = mlflow.sklearn.log_model(
            model,
            name="model",
            input_example=X.head(2),
            serialization_format="skops",
            signature=infer_signature(X.head(), model.predict(X.head())),
            pip_requirements=list(REQUIREMENTS),
            skops_trusted_types=TRUSTED,
        )
        client.set_tag(run.info.run_id, "model_sha256", sha256_of(info.model_uri))
        for name, value in metrics.items():
            client.log_metric(run.info.run_id, name, value)
    finally:
        mlflow.end_run()
    return run.info.run_id
