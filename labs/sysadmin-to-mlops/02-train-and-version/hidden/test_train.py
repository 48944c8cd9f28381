"""Exercise `train`: what the model depends on, asked through its predictions."""

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler

# The reference's split stands in for the learner's, so that a mistake there is not counted here as well.
SPLIT = """
import numpy as _np, pandas as _pd

def _sound_split(df, cut, gap_h):
    begin = _pd.Timestamp(cut)
    known = df["label"].notna()
    return df[known & (df["time"] < begin)], df[known & (df["time"] >= begin + _pd.Timedelta(hours=gap_h))]

def _risk(df, cfg, rows, chance=1):
    global time_split
    theirs, time_split = time_split, _sound_split
    _np.random.seed(chance)
    try:
        model = train(df, cfg)
    finally:
        time_split = theirs
    return _np.asarray(model.predict_proba(rows[cfg["features"]]))[:, 1]

"""
ASK = SPLIT + "[_risk(_df, _cfg, rows) for _df, _cfg in jobs]"
# Whatever is drawn without a seed of its own is drawn anew for each model.
DRAWN = SPLIT + "[_risk(df, _cfg, rows, _chance) for _chance, _cfg in enumerate(configs)]"
TOGETHER = SPLIT + "[_risk(df, cfg, rows), df, cfg]"
ALONE = (
    SPLIT
    + """
_model_rows = [rows, *[rows.iloc[[_place]] for _place in places]]
[_risk(df, cfg, _some) for _some in _model_rows]
"""
)
CONFIG = {
    "features": ["fan", "volts", "errors"],
    "cut": "2018-10-20T00:00:00Z",
    "gap_h": 6,
    "alpha": 0.01,
    "epochs": 8,
    "seed": 3,
}


def make(seed: int) -> pd.DataFrame:
    """Hours of a rack of servers: scales far apart, a drift, gaps, open labels, and columns that are no features."""
    rng = np.random.default_rng(seed)
    n = 900
    hour = np.arange(n)
    frame = pd.DataFrame(
        {
            "time": pd.Timestamp("2018-10-01", tz="UTC") + pd.to_timedelta(hour, unit="h"),
            "rack": rng.choice(["a", "b"], n),
            "errors": rng.gamma(2, 3, n),
            "fan": rng.normal(4_000, 300, n) + hour,
            "volts": rng.normal(12, 0.05, n),
            "room": rng.normal(size=n),
        }
    )
    push = (frame["fan"] - 4_400) / 300 - (frame["volts"] - 12) / 0.05 + (frame["errors"] - 6) / 4
    frame["label"] = (push + rng.normal(0, 1.5, n) > 1.5).astype(float)
    for name in CONFIG["features"]:
        frame.loc[rng.random(n) < 0.08, name] = np.nan
    frame.loc[rng.random(n) < 0.05, "label"] = np.nan
    return frame


FRAME = make(21)
ROWS = make(22).sample(60, random_state=23)
LATER = (FRAME["time"] >= pd.Timestamp(CONFIG["cut"])).to_numpy()


def truth(frame: pd.DataFrame, cfg: dict, rows: pd.DataFrame) -> np.ndarray:
    """The risk of the rows by the recipe, step by step."""
    past = frame[(frame["time"] < pd.Timestamp(cfg["cut"])) & frame["label"].notna()]
    fill = SimpleImputer(strategy="median").fit(past[cfg["features"]])
    filled = fill.transform(past[cfg["features"]])
    scale = StandardScaler().fit(filled)
    model = SGDClassifier(
        loss="log_loss", alpha=cfg["alpha"], max_iter=cfg["epochs"], tol=None, random_state=cfg["seed"]
    ).fit(scale.transform(filled), past["label"])
    return model.predict_proba(scale.transform(fill.transform(rows[cfg["features"]])))[:, 1]


def risks(answer: object, counts: list[int]) -> list[np.ndarray]:
    assert isinstance(answer, list)
    assert len(answer) == len(counts)
    for risk, count in zip(answer, counts, strict=True):
        assert isinstance(risk, np.ndarray), f"not an array but a {type(risk).__name__}"
        assert risk.shape == (count,)
        assert risk.dtype.kind == "f"
    return answer


def ask(notebook, jobs: list[list], rows: pd.DataFrame = ROWS) -> list[np.ndarray]:
    return risks(notebook.run(ASK, jobs=jobs, rows=rows), [len(rows)] * len(jobs))


def test_nothing_is_learned_from_later_rows(notebook):
    numbers = CONFIG["features"]
    gap = LATER & (FRAME["time"] < pd.Timestamp(CONFIG["cut"]) + pd.Timedelta(hours=6)).to_numpy()
    jobs = [
        FRAME,
        FRAME.assign(**{name: FRAME[name].where(~LATER, FRAME[name] * 3 + 1) for name in numbers}),
        FRAME.assign(label=FRAME["label"].where(~LATER, 1 - FRAME["label"])),
        FRAME.assign(**{name: FRAME[name].where(~gap, 1e5) for name in numbers}),
        FRAME.assign(**{name: FRAME[name].where(LATER, FRAME[name] * 3 + 1) for name in numbers}),
    ]
    honest, values, labels, in_gap, past = ask(notebook, [[job, CONFIG] for job in jobs])
    assert np.allclose(values, honest, atol=1e-9), "values after the cut show in the model"
    assert np.allclose(labels, honest, atol=1e-9), "labels after the cut show in the model"
    assert np.allclose(in_gap, honest, atol=1e-9), "values in the gap show in the model"
    assert np.abs(past - honest).mean() > 0.01, "values before the cut do not show in the model"


def test_same_configuration_same_model(notebook):
    told = notebook.run(DRAWN, df=FRAME, configs=[CONFIG, CONFIG, CONFIG | {"seed": 4}], rows=ROWS)
    first, again, other = risks(told, [len(ROWS)] * 3)
    assert np.allclose(first, again, atol=1e-9), "the same configuration gave two models"
    assert np.abs(first - other).max() > 1e-6, "the seed makes no difference"


def test_model_is_as_configured(notebook):
    # After the cut the same rows once more, so that medians and means of all rows are those of the training rows.
    past = FRAME[~LATER].dropna(subset=["label"])
    frame = pd.concat([past, past.assign(time=past["time"] + pd.Timedelta(days=60))])
    changes = [{}, {"alpha": 0.3}, {"epochs": 1}, {"features": ["errors", "fan"]}, {"gap_h": 0, "seed": 11}]
    configs = [CONFIG | change for change in changes]
    got = ask(notebook, [[frame, cfg] for cfg in configs])
    for risk, cfg, change in zip(got, configs, changes, strict=True):
        assert np.allclose(risk, truth(frame, cfg, ROWS), atol=1e-6), f"not the model of {change}"


def test_raw_rows_go_in(notebook):
    told = notebook.run(TOGETHER, df=FRAME, cfg=CONFIG, rows=ROWS)
    assert isinstance(told, list)
    risk, frame, cfg = told
    (together,) = risks([risk], [len(ROWS)])
    assert np.isfinite(together).all()
    assert isinstance(frame, pd.DataFrame)
    assert frame.equals(FRAME), "the hours were changed"
    assert cfg == CONFIG, "the configuration was changed"
    gaps = np.flatnonzero(ROWS[CONFIG["features"]].isna().any(axis=1).to_numpy())[:3]
    places = [0, *gaps.tolist()]
    alone = notebook.run(ALONE, df=FRAME, cfg=CONFIG | {"seed": 3}, rows=ROWS, places=places)
    among, *single = risks(alone, [len(ROWS), *[1] * len(places)])
    assert np.allclose([one[0] for one in single], among[places], atol=1e-9), "a row alone is judged otherwise"
