# why: All photos of a batch go through the network at once.

# %% exercise="model"
class InspectionModel(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.session = onnxruntime.InferenceSession(Path(context.artifacts["net"]).read_bytes())
        with open(context.artifacts["words"], encoding="utf-8") as file:  # noqa: PTH123
            self.lexicon = json.load(file)

    def predict(self, model_input: pd.DataFrame, params=None):  # noqa: ARG002
        photos = model_input["photo"].fillna("").astype(str).str.strip().to_numpy()
        notes = model_input["note"].fillna("").astype(str).str.strip().to_numpy()
        score = np.full(len(photos), np.nan)
        problem = np.full(len(photos), "", dtype=object)
        pictures = {}
        for place in np.flatnonzero(photos != ""):
            try:
                pictures[place] = read_photo(photos[place])
            except ValueError:
                problem[place] = "photo unreadable"
        if pictures:
            name = self.session.get_inputs()[0].name
            score[list(pictures)] = self.session.run(None, {name: np.stack(list(pictures.values()))})[0]
        for place in np.flatnonzero(notes != ""):
            score[place] = np.nan_to_num(score[place]) + score_note(notes[place], self.lexicon)
        decision = np.select([score >= 1, score <= -1], ["repair", "release"], "look")
        return pd.DataFrame({"decision": decision, "score": score, "problem": problem}, index=model_input.index)
