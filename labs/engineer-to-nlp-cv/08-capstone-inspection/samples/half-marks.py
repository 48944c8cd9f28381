# score: 10
# why: An honest learner who ran out of time: every exception is caught, weights lie beside the file, the digest is
# why: never compared, deleted runs may win, and the suite is not begun.

# %% exercise="model"
class InspectionModel(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.net = onnxruntime.InferenceSession(context.artifacts["net"])
        self.words = json.loads(Path(context.artifacts["words"]).read_text(encoding="utf-8"))

    def predict(self, model_input: pd.DataFrame):
        rows = [self.decide(*row) for row in zip(model_input["photo"], model_input["note"], strict=True)]
        return pd.DataFrame(rows, index=model_input.index, columns=["score", "decision", "problem"])

    def decide(self, photo, note):
        parts, problem = [], ""
        if isinstance(photo, str) and photo.strip():
            try:
                picture = read_photo(photo)
                (logits,) = self.net.run(None, {self.net.get_inputs()[0].name: picture[None]})
                parts.append(float(logits[0]))
            except Exception:  # noqa: BLE001
                problem = "photo unreadable"
        if isinstance(note, str) and note.strip():
            parts.append(score_note(note, self.words))
        score = sum(parts) if parts else math.nan
        decision = "repair" if score >= 1 else "release" if score <= -1 else "look"
        return score, decision, problem


# %% exercise="export"
def export_net(net: nn.Module, path: str, photos: torch.Tensor, tolerance: float = 1e-4) -> float:
    was_training = net.training
    net.eval()
    shapes = ({0: torch.export.Dim("n")},)
    torch.onnx.export(net, (photos,), path, dynamic_shapes=shapes, external_data=True, verbose=False)
    session = onnxruntime.InferenceSession(path)
    differences = []
    for batch in (photos, photos[:1]):
        (logits,) = session.run(None, {session.get_inputs()[0].name: batch.numpy()})
        with torch.no_grad():
            differences.append(np.abs(logits - net(batch).numpy()).max())
    net.train(was_training)
    if max(differences) > tolerance:
        Path(path).unlink()
        raise ValueError(f"ONNX differs by {max(differences):.2g}")
    return float(max(differences))


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
    return mlflow.pyfunc.load_model(folder)


# %% exercise="registry"
def promote_best(name: str) -> int:
    client = mlflow.MlflowClient()
    counts = {}
    for version in client.search_model_versions(f"name='{name}'"):
        run = client.get_run(version.run_id)
        right = run.data.metrics.get("right", math.nan)
        is_whole = run.info.status == "FINISHED"
        if is_whole and math.isfinite(right) and "rolled_back" not in version.tags:
            counts[int(version.version)] = right
    if not counts:
        raise LookupError(f"no version of {name} counts")
    best = min(counts, key=lambda number: (-counts[number], number))
    champion = client.get_registered_model(name).aliases.get("champion")
    if champion is not None and counts.get(int(champion), -math.inf) >= counts[best]:
        return int(champion)
    if champion is not None:
        client.set_registered_model_alias(name, "previous", champion)
    client.set_registered_model_alias(name, "champion", best)
    return best


def rollback(name: str) -> int:
    client = mlflow.MlflowClient()
    aliases = client.get_registered_model(name).aliases
    if "previous" not in aliases:
        raise LookupError(f"{name} has no previous champion")
    client.set_model_version_tag(name, aliases["champion"], "rolled_back", "true")
    client.set_registered_model_alias(name, "champion", aliases["previous"])
    client.delete_registered_model_alias(name, "previous")
    return int(aliases["previous"])


# %% exercise="suite"
def behaviour_suite(predict: Callable[[pd.DataFrame], pd.DataFrame], photo: str) -> pd.DataFrame:
    # YOUR CODE HERE
    raise NotImplementedError
