# fails: test_nothing_is_learned_from_later_rows, test_model_is_as_configured
# why: More data is better, so the final model is fitted on all of it, the test rows too.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past = df[df["label"].notna()]
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
