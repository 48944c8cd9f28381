# fails: test_same_configuration_same_model
# why: The seed is the time of day, so no model can be made a second time.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(
            loss="log_loss",
            alpha=cfg["alpha"],
            max_iter=cfg["epochs"],
            tol=None,
            random_state=pd.Timestamp.now().nanosecond + pd.Timestamp.now().microsecond,
        ),
    )
    return model.fit(past[cfg["features"]], past["label"])
