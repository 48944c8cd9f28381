# fails: test_nothing_is_learned_from_later_rows
# why: The scaler is fitted on the whole table before the split: the future's mean and spread are in the model.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    prepare = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(past[cfg["features"]])
    prepare[1].fit(prepare[0].transform(df[cfg["features"]]))
    model = make_pipeline(
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    model.fit(prepare.transform(past[cfg["features"]]), past["label"])
    return make_pipeline(prepare, model)
