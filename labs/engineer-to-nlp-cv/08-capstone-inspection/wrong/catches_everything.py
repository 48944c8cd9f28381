# fails: test_outage_is_raised
# why: Every exception is taken for a bad photo, so an outage of the network looks like bad weather.

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
