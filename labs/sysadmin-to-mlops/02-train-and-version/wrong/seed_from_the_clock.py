# fails: test_same_configuration_same_model, test_model_is_as_configured
# why: The seed is today's date: the same model all day, and another one tomorrow.

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
            random_state=int(pd.Timestamp.now().strftime("%Y%m%d")),
        ),
    )
    return model.fit(past[cfg["features"]], past["label"])
