# fails: test_nothing_is_learned_from_later_rows, test_model_is_as_configured
# why: Features go in as they are, and the one in the thousands drowns the others.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
