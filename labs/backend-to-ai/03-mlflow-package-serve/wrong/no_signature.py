# fails: test_bad_request_is_400
# why: Without a signature nothing is checked before the model sees it.

# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
