# why: Logs and registers in two steps, with a signature that is inferred from an example.

# %% exercise="ship"
from mlflow.models import infer_signature


def log_version(name, net, words, right):
    example = pd.DataFrame({"photo": ["text"], "note": ["text"]})
    with mlflow.start_run():
        info = mlflow.pyfunc.log_model(
            name="inspection",
            python_model=InspectionModel(),
            artifacts={"words": words, "net": net},
            signature=infer_signature(example),
            pip_requirements=["onnxruntime==1.31.1"],
        )
        mlflow.log_metrics({"right": right})
    version = mlflow.register_model(info.model_uri, name)
    fingerprint = digest(mlflow.artifacts.download_artifacts(info.model_uri))
    mlflow.MlflowClient().set_model_version_tag(name, version.version, key="digest", value=fingerprint)
    return int(version.version)


def load_checked(name, alias="champion"):
    found = mlflow.MlflowClient().get_model_version_by_alias(name, alias)
    uri = f"models:/{name}/{found.version}"
    expected, present = found.tags.get("digest", "none"), digest(mlflow.artifacts.download_artifacts(uri))
    if expected == present:
        return mlflow.pyfunc.load_model(uri)
    raise ValueError("changed since it was logged")
