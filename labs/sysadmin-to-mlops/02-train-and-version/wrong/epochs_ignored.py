# fails: test_model_is_as_configured
# why: Stops when it likes, whatever the configuration says.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
