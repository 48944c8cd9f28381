# fails: test_a_bad_candidate_costs_no_other
# why: The error is caught inside the run, so a candidate that failed is marked as finished.

# %% exercise="study"
def log_study(experiment: str, candidates: list[dict], train: pd.DataFrame, valid: pd.DataFrame) -> str:
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name="study") as parent:
        for candidate in candidates:
            with mlflow.start_run(nested=True):
                mlflow.log_params(candidate)
                mlflow.set_tag("data", data_sha256(train, valid))
                try:
                    model = make_model(**candidate).fit(train[FEATURES], train[TARGET])
                except ValueError as error:
                    print(error)
                    continue
                forecasts = model.predict(valid[FEATURES])
                mlflow.log_metric("mae", (forecasts - valid[TARGET]).abs().mean())
                mlflow.sklearn.log_model(
                    model,
                    name="model",
                    signature=infer_signature(valid[FEATURES], forecasts),
                    pip_requirements=PINS,
                    skops_trusted_types=TRUSTED,
                )
    return parent.info.run_id
