# score: 10
# why: Knows git well and cuts in time, but forgets the gap, scales before the split and judges on what was learned.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    df = df.dropna(subset=["label"])
    train, test = df[df["time"] < cut], df[df["time"] >= cut]
    if len(train) == 0 or len(test) == 0:
        raise ValueError("no rows")
    return train, test


# %% exercise="train"
def train(df: pd.DataFrame, cfg: dict) -> object:
    df = df.copy()
    names = cfg["features"]
    df[names] = df[names].fillna(df[names].median())
    df[names] = StandardScaler().fit_transform(df[names])
    past, _ = time_split(df, cfg["cut"], cfg["gap_h"])
    model = SGDClassifier(
        loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]
    )
    return model.fit(past[names], past["label"])


# %% exercise="evaluate"
def evaluate(model: object, df: pd.DataFrame, cfg: dict) -> dict:
    rows = df.dropna(subset=["label"])
    risk = model.predict_proba(rows[cfg["features"]])[:, 1]
    return {
        "rows": len(rows),
        "failures": int(rows["label"].sum()),
        "average_precision": float(average_precision_score(rows["label"], risk)),
        "baseline": float(rows["label"].mean()),
    }


# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain") != "":
        raise ValueError("the tree is dirty")
    if version in git(repo_dir, "tag").split():
        raise ValueError("this version is taken")
    Path(repo_dir, "metrics.json").write_text(json.dumps(metrics))
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "--allow-empty", "-m", version)
    git(repo_dir, "tag", version)
    return git(repo_dir, "rev-parse", "HEAD")
