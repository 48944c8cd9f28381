# fails: test_package_needs_no_pickle
# why: A class of the notebook around the pipeline: MLflow pickles it, pipeline and all.

# %% exercise="package"
class ChurnModel(mlflow.pyfunc.PythonModel):
    def __init__(self, pipeline):
        self.pipeline = pipeline

    def predict(self, context, model_input):  # noqa: ARG002 - MLflow passes it
        return self.pipeline.predict_proba(model_input)


def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    example = rows.astype(dict.fromkeys(rows.select_dtypes("number").columns, float))
    with mlflow.start_run():
        logged = mlflow.pyfunc.log_model(
            name="churn",
            python_model=ChurnModel(pipeline),
            signature=infer_signature(example, pipeline.predict_proba(example)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"skops=={skops.__version__}"],
        )
    return logged.model_uri
