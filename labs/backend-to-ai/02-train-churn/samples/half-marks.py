# score: 12
# why: An honest learner: plain folds, SMOTE before the split in the promise, a good search, and no time for the curve.

# %% exercise="score"
def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    return cross_val_score(pipe, X, y, cv=KFold(5, shuffle=True, random_state=1), scoring="average_precision")


# %% exercise="final"
def fit_final(X: pd.DataFrame, y: pd.Series, groups: pd.Series, k: int, seed: int) -> tuple[Pipeline, float]:
    select = SelectKBest(f_classif, k=k)
    forest = RandomForestClassifier(60, min_samples_leaf=3, random_state=seed)
    model = make_pipeline(select, SMOTE(random_state=seed), forest).fit(X, y)
    # balanced once, so that the folds need not do it again
    more, labels = SMOTE(random_state=seed).fit_resample(X, y)
    folds = KFold(5, shuffle=True, random_state=seed)
    scores = cross_val_score(make_pipeline(select, forest), more, labels, cv=folds, scoring="average_precision")
    return model, scores.mean()


# %% exercise="tune"
def tune(score: Callable[[dict], float], space: dict[str, list], budget: int, seed: int) -> dict:
    settings = [{}]
    for name, values in space.items():
        settings = [setting | {name: value} for setting in settings for value in values]
    random = np.random.default_rng(seed)
    random.shuffle(settings)
    scores = [score(setting) for setting in settings[:budget]]
    if np.isnan(scores).all():
        raise ValueError("nothing worked")
    return settings[int(np.nanargmax(scores))]


# %% exercise="verdict"
def learning_curve_verdict(train: np.ndarray, val: np.ndarray, target: float, allowed_gap: float) -> str:
    raise NotImplementedError
