# why: The parent is made by the client, and the candidates point to it by the tag; the status is set by hand.

# %% exercise="study"
def log_study(experiment: str, candidates: list[dict], train: pd.DataFrame, valid: pd.DataFrame) -> str:
    found = mlflow.set_experiment(experiment)
    parent = client.create_run(found.experiment_id, run_name="study").info.run_id
    for candidate in candidates:
        run = mlflow.start_run(experiment_id=found.experiment_id, tags={"mlflow.parentRunId": parent})
        status = "FINISHED"
        try:
            for key, value in {**candidate, "kind": candidate["kind"]}.items():
                mlflow.log_param(key, value)
            client.set_tag(run.info.run_id, "data", data_sha256(train, valid))
            model = make_model(**candidate)
            model.fit(train[FEATURES], train[TARGET])
            forecasts = model.predict(valid[FEATURES])
            client.log_metric(run.info.run_id, "mae", float(np.abs(valid[TARGET].to_numpy() - forecasts).mean()))
            signature = infer_signature(train[FEATURES], pd.Series(forecasts, name="forecast_m3"))
            trusted = TRUSTED if candidate["kind"] == "trees" else None
            mlflow.sklearn.log_model(
                model, name="model", signature=signature, pip_requirements=list(PINS), skops_trusted_types=trusted
            )
        except ValueError:
            status = "FAILED"
        mlflow.end_run(status=status)
    client.set_terminated(parent)
    return parent
