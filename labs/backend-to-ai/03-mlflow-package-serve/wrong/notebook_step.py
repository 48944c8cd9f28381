# fails: test_fresh_process_scores_raw_rows, test_bad_request_is_400, test_request_with_gaps_is_scored
# why: A step that is a class of the notebook: only this process knows it.

# %% exercise="package"
class Filled(Pipeline):
    """The pipeline, with rows as a table."""


def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    own = Filled(pipeline.steps)
    with mlflow.start_run():
        logged = mlflow.sklearn.log_model(
            own,
            name="churn",
            signature=infer_signature(example, own.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
            skops_trusted_types=skops.io.get_untrusted_types(data=skops.io.dumps(own)),
            pyfunc_predict_fn="predict_proba",
        )
    return logged.model_uri
