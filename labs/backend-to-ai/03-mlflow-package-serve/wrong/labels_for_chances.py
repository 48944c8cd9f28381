# fails: test_fresh_process_scores_raw_rows, test_request_with_gaps_is_scored
# why: The package answers with labels: everybody is called or nobody.

# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            pipeline,
            name="churn",
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            skops_trusted_types=trusted,
        )
    return logged.model_uri
