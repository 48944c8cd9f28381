# fails: test_each_candidate_is_a_nested_run
# why: The run does not say on which data it was made, so nobody can prove it.

# %% exercise="study"
def log_study(experiment: str, candidates: list[dict], train: pd.DataFrame, valid: pd.DataFrame) -> str:
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name="study") as parent:
        for candidate in candidates:
            try:
                with mlflow.start_run(nested=True):
                    mlflow.log_params(candidate)
                    model = make_model(**candidate).fit(train[FEATURES], train[TARGET])
                    forecasts = model.predict(valid[FEATURES])
                    mlflow.log_metric("mae", (forecasts - valid[TARGET]).abs().mean())
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
