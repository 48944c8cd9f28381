# score: 13
# why: An honest learner: trusts what skops reports, packs well but without versions, lets MLflow load by the package's
# why: own list, and promotes without rollback.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    return sorted(skops.io.get_untrusted_types(data=skops.io.dumps(model)))


# %% exercise="package"
def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    rows = rows.copy()
    for name in rows.columns:
        if pd.api.types.is_numeric_dtype(rows[name]):
            rows[name] = rows[name].astype(float)
    with mlflow.start_run():
        info = mlflow.sklearn.log_model(
            pipeline,
            name="model",
            signature=infer_signature(rows, pipeline.predict_proba(rows)),
            pip_requirements=["scikit-learn", "skops"],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
    return info.model_uri


# %% exercise="load"
def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    if digest_of(folder) != digest:
        raise ValueError("not the same files")
    return mlflow.sklearn.load_model(folder)


# %% exercise="releases"
class Releases:
    def __init__(self, client, name):
        self.client = client
        self.name = name

    def promote(self, metric):
        best, highest = None, -math.inf
        aliases = self.client.get_registered_model(self.name).aliases
        champion = int(aliases.get("champion", 0))
        for version in self.client.search_model_versions(f"name='{self.name}'"):
            run = self.client.get_run(version.run_id)
            value = run.data.metrics.get(metric, math.nan)
            if run.info.status != "FINISHED" or run.info.lifecycle_stage == "deleted" or math.isnan(value):
                continue
            number = int(version.version)
            if value > highest or (value == highest and (number == champion or (number < best and best != champion))):
                best, highest = number, value
        if best is None:
            raise ValueError("nothing to promote")
        self.client.set_registered_model_alias(self.name, "champion", best)
        return best

    def rollback(self):
        raise NotImplementedError
