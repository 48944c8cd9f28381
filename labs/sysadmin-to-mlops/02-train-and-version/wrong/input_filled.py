# fails: test_raw_rows_go_in
# why: Fills the gaps in the caller's own table, where the next one will not find them.

# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    before, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    medians = before[cfg["features"]].median()
    for name in cfg["features"]:
        df[name] = df[name].fillna(medians[name])
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])
