# fails: test_model_is_as_configured
# why: Gaps become zero, which for a fan at four thousand turns is far off.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="constant", fill_value=0),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
