# fails: test_error_is_that_of_the_validation_days
# why: The mean squared error is logged under the name of the absolute one.

# %% exercise="study"
def log_study(experiment: str, candidates: list[dict], train: pd.DataFrame, valid: pd.DataFrame) -> str:
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name="study") as parent:
        for candidate in candidates:
            try:
                with mlflow.start_run(nested=True):
                    mlflow.log_params(candidate)
                    mlflow.set_tag("data", data_sha256(train, valid))
                    model = make_model(**candidate).fit(train[FEATURES], train[TARGET])
                    forecasts = model.predict(valid[FEATURES])
                    mlflow.log_metric("mae", ((forecasts - valid[TARGET]) ** 2).mean())
                    mlflow.sklearn.log_model(
                        model,
                        name="model",
                        signature=infer_signature(valid[FEATURES], forecasts),
                        pip_requirements=PINS,
                        skops_trusted_types=TRUSTED,
                    )
            except ValueError as error:
                print(f"{candidate} failed: {error}")
    return parent.info.run_id
