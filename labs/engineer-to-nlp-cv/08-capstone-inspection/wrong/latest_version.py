# fails: test_tampered_folder_is_not_loaded
# why: Loads the newest version, whatever the alias points to.

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
    versions = mlflow.MlflowClient().search_model_versions(f"name='{name}'")
    version = max(versions, key=lambda one: int(one.version))
    folder = mlflow.artifacts.download_artifacts(f"models:/{name}/{version.version}")
    if version.tags.get("digest") != digest(folder):
        raise ValueError(f"{name} version {version.version} is not what was logged")
    return mlflow.pyfunc.load_model(folder)
