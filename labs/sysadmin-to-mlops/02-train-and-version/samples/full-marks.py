# score: 20
# why: The reference answers, as they are.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    begin = pd.Timestamp(cut)
    known = df["label"].notna()
    train = df[known & (df["time"] < begin)]
    test = df[known & (df["time"] >= begin + pd.Timedelta(hours=gap_h))]
    if train.empty or test.empty:
        raise ValueError(f"nothing to learn from, or nothing to be judged on, around {cut}")
    return train, test


# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]),
    )
    return model.fit(past[cfg["features"]], past["label"])


# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    _, future = time_split(df, cfg["cut"], cfg["gap_h"])
    risk = model.predict_proba(future[cfg["features"]])[:, 1]
    return {
        "rows": len(future),
        "failures": int(future["label"].sum()),
        "average_precision": float(average_precision_score(future["label"], risk)),
        "baseline": float(future["label"].mean()),
    }


# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
