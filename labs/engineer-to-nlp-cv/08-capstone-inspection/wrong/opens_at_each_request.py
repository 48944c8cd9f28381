# fails: test_row_alone_and_index
# why: The files are opened at each request: slow, and gone when the folder is.

# %% exercise="model"
class InspectionModel(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.artifacts = dict(context.artifacts)

    def predict(self, model_input: pd.DataFrame):
        self.net = onnxruntime.InferenceSession(self.artifacts["net"])
        self.words = json.loads(Path(self.artifacts["words"]).read_text(encoding="utf-8"))
        rows = [self.decide(*row) for row in zip(model_input["photo"], model_input["note"], strict=True)]
        return pd.DataFrame(rows, index=model_input.index, columns=["score", "decision", "problem"])

    def decide(self, photo, note):
        parts, problem = [], ""
        if isinstance(photo, str) and photo.strip():
            try:
                picture = read_photo(photo)
            except ValueError:
                problem = "photo unreadable"
            else:
                (logits,) = self.net.run(None, {self.net.get_inputs()[0].name: picture[None]})
                parts.append(float(logits[0]))
        if isinstance(note, str) and note.strip():
            parts.append(score_note(note, self.words))
        score = sum(parts) if parts else math.nan
        decision = "repair" if score >= 1 else "release" if score <= -1 else "look"
        return score, decision, problem
