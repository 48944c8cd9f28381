# fails: test_same_configuration_same_model, test_model_is_as_configured
# why: No seed at all: each night another model.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=None),
    )
    return model.fit(past[cfg["features"]], past["label"])
