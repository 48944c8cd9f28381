# fails: test_bad_request_is_400, test_request_with_gaps_is_scored
# why: The signature is made from whole numbers, so a gap is refused.

# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
