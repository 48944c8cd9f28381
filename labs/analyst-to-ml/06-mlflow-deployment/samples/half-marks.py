# score: 9
# why: An honest learner: the study is right, the registry trusts every run, the batch knows no alarm, no audit yet.

# %% exercise="study"
def log_study(experiment: str, candidates: list[dict], train: pd.DataFrame, valid: pd.DataFrame) -> str:
    mlflow.set_experiment(experiment)
    with mlflow.start_run() as study:
        for number, candidate in enumerate(candidates):
            try:
                with mlflow.start_run(run_name=f"candidate {number}", nested=True):
                    mlflow.log_params(candidate)
                    mlflow.set_tag("data", data_sha256(train, valid))
                    model = make_model(**candidate)
                    model.fit(train[FEATURES], train[TARGET])
                    guess = model.predict(valid[FEATURES])
                    mlflow.log_metric("mae", np.mean(np.abs(guess - valid[TARGET])))
                    signature = infer_signature(valid[FEATURES], guess)
                    mlflow.sklearn.log_model(
                        model, name="model", signature=signature, pip_requirements=PINS, skops_trusted_types=TRUSTED
                    )
            except ValueError:
                print("skipped", candidate)
    return study.info.run_id


# %% exercise="register"
def register_best(experiment: str, name: str) -> int:
    # sorted by the store, so I take the first
    best = mlflow.search_runs(experiment_names=[experiment], order_by=["metrics.mae ASC", "start_time ASC"]).iloc[0]
    version = mlflow.register_model(f"runs:/{best['run_id']}/model", name)
    client.set_model_version_tag(name, version.version, "sha256", model_sha256(version.source))
    client.set_registered_model_alias(name, "champion", version.version)
    return int(version.version)


# %% exercise="batch"
def batch_score(name: str, meters: list[str], in_path: str, out_path: str) -> dict[str, int]:
    version = client.get_model_version_by_alias(name, "champion").version
    rows = pd.read_csv(in_path, dtype={"meter": str}, keep_default_na=False)
    values = rows[FEATURES].apply(pd.to_numeric, errors="coerce").astype(float)
    good = rows["meter"].isin(meters) & values.notna().all(axis=1)
    model = mlflow.pyfunc.load_model(f"models:/{name}@champion")
    scored = rows.loc[good, ["meter", "date"]].assign(forecast_m3=model.predict(values[good]), version=version)
    scored.to_csv(out_path, index=False)
    rows[~good].to_csv(out_path.replace(".csv", ".rejects.csv"), index=False)
    return {"version": int(version), "scored": len(scored), "rejected": int((~good).sum())}


# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    # YOUR CODE HERE
    raise NotImplementedError
