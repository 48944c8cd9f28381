# fails: test_same_configuration_same_model, test_model_is_as_configured
# why: Learns from the columns in alphabetical order, and production hands them in as the configuration lists them.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    names = sorted(cfg["features"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[names].to_numpy(), past["label"])
