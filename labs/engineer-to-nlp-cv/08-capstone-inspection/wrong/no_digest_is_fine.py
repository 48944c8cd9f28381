# fails: test_tampered_folder_is_not_loaded
# why: A version without a digest is let through: whoever removes the tag may change the folder.

# %% exercise="ship"
def log_version(name: str, net: str, words: str, right: float) -> int:
    columns = [ColSpec("string", column) for column in ("photo", "note")]
    with mlflow.start_run():
        mlflow.log_metric("right", right)
        logged = mlflow.pyfunc.log_model(
            name="model",
            python_model=InspectionModel(),
            artifacts={"net": net, "words": words},
            signature=ModelSignature(inputs=Schema(columns)),
            pip_requirements=["onnxruntime==1.31.1", "opencv-python-headless==4.14.0.94", "pandas==2.3.3"],
            registered_model_name=name,
        )
    version = logged.registered_model_version
    folder = mlflow.artifacts.download_artifacts(f"models:/{name}/{version}")
    mlflow.MlflowClient().set_model_version_tag(name, version, "digest", digest(folder))
    return int(version)


def load_checked(name: str, alias: str = "champion") -> mlflow.pyfunc.PyFuncModel:
    version = mlflow.MlflowClient().get_model_version_by_alias(name, alias)
    folder = mlflow.artifacts.download_artifacts(f"models:/{name}/{version.version}")
    if version.tags.get("digest", digest(folder)) != digest(folder):
        raise ValueError(f"{name} version {version.version} is not what was logged")
    return mlflow.pyfunc.load_model(folder)
