# fails: test_package_needs_no_pickle
# why: cloudpickle instead of skops: no questions asked, whatever is in it runs.

# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            serialization_format="cloudpickle",
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
