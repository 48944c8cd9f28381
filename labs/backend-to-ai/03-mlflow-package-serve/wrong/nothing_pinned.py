# fails: test_package_needs_no_pickle
# why: No versions: the next build of the server gets another scikit-learn.

# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=["scikit-learn", "skops"],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
