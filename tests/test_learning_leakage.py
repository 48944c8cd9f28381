"""The lint for leaks: what it names and where, and that it is silent about sound work."""

from pathlib import Path

import jupytext
import pytest

from grader.learning.leakage import find_leaks
from grader.notebook import read_answers
from grader.submission import Cell

LABS = Path(__file__).parent.parent / "labs"

# Wrong answers of our labs that leak and whose text shows it.
LEAKING = [
    "analyst-to-ml/02-ramadan-encoding/wrong/statistics_of_both.py",
    "analyst-to-ml/02-ramadan-encoding/wrong/statistics_of_new.py",
    "analyst-to-ml/03-supervised/wrong/fitted_on_all_rows.py",
    "analyst-to-ml/03-supervised/wrong/gaps_filled_from_all_rows.py",
    "analyst-to-ml/06-mlflow-deployment/wrong/fitted_on_both.py",
    "backend-to-ai/02-train-churn/wrong/scored_on_its_own_rows.py",
    "backend-to-ai/02-train-churn/wrong/selection_on_all_rows.py",
    "backend-to-ai/02-train-churn/wrong/smote_before_the_folds.py",
    "backend-to-ai/02-train-churn/wrong/smote_before_the_split.py",
    "engineer-to-nlp-cv/01-text-features/wrong/fitted_on_everything.py",
    "sysadmin-to-mlops/02-train-and-version/wrong/scaled_anew.py",
]


def found(*sources: str) -> list[tuple[str, int]]:
    return [(leak.cell, leak.line) for leak in find_leaks(cells(*sources))]


def cells(*sources: str) -> list[Cell]:
    return [Cell(id=f"cell{number}", source=source, exercise=None) for number, source in enumerate(sources, 1)]


SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n"


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        (f"X = StandardScaler().fit_transform(X)\n{SPLIT}", 1, "learns from all rows before they are split"),
        (f"scaler = StandardScaler()\nscaler.fit(X)\nX = scaler.transform(X)\n{SPLIT}", 2, "split first"),
        (f"df = df.fillna(df.median())\nX = df[names]\n{SPLIT}", 1, "split first"),
        (f"X = (X - X.mean()) / X.std()\n{SPLIT}", 1, "split first"),
        (f"X, y = SMOTE().fit_resample(X, y)\n{SPLIT}", 1, "split first"),
        (f'df["c"] = df.groupby("city")["y"].transform("mean")\nX = df[names]\n{SPLIT}', 1, "split first"),
        (f"best = SelectKBest(k=5).fit(X, y)\nX = X.loc[:, best.get_support()]\n{SPLIT}", 1, "split first"),
        ("def f(df, n):\n    df = scale.fit_transform(df)\n    a, b = df_split(df, n)\n", 2, "split first"),
        (f"{SPLIT}scaler = StandardScaler().fit(X)\nscaler.transform(X_test)", 2, "learns from all rows, those to be"),
        (f"{SPLIT}model.fit(X, y)\nmodel.score(X_test, y_test)", 2, "learns from all rows"),
        (f"{SPLIT}model.fit(X_test, y_test)", 2, "learns from `X_test`"),
        (f"{SPLIT}X_test = scaler.fit_transform(X_test)", 2, "learns from `X_test`"),
        ("train = df[:80]\ntest = df[80:]\nmodel.fit(pd.concat([train, test])[names], y)", 3, "learns from `test`"),
        ("train = df[:80]\ntest = df[80:]\nfor m in models:\n    m.fit(test[names], test.y)", 4, "learns from `test`"),
        ('X = df\ny = df["churn"]\nmodel.fit(X, y)', 3, "the target `churn` is among the features"),
        ('X = df.drop(columns=["id"])\ny = df.churn\nmodel.fit(X, y)', 3, "the target `churn` is among"),
        (f'X, y = df.copy(), df["churn"]\nX = df.copy()\n{SPLIT}model.fit(X_train, y_train)', 4, "the target"),
        ("X = pipe.fit_transform(X)\ncross_val_score(model, X, y)", 1, "learns from all rows before"),
        ("fitted = model.fit(X, y)\nfor a, b in cv.split(X, y):\n    fitted.predict(X[b])", 1, "learns from all rows"),
        ("m = model.fit(X, y)\nfor i, (a, b) in enumerate(cv.split(X)):\n    m.predict(X.iloc[b])", 1, "all rows"),
    ],
)  # fmt: skip
def test_a_leak_is_named_with_its_line_and_mend(source: str, line: int, said: str) -> None:
    names = "X = pd.read_csv('x.csv')\ny = pd.read_csv('y.csv').y\ndf = pd.read_csv('d.csv')\n"
    leaks = find_leaks(cells(names, source))
    assert [(leak.cell, leak.line) for leak in leaks] == [("cell2", line)]
    assert said in leaks[0].text
    assert ": " in leaks[0].text


@pytest.mark.parametrize(
    "source",
    [
        f"{SPLIT}s = StandardScaler().fit(X_train)\nm.fit(s.transform(X_train), y_train)\nm.score(s.transform(X_test))",
        f"{SPLIT}model.fit(X_train, y_train)\nprint(model.score(X_test, y_test))\nmodel.fit(X, y)",
        "X = df.drop(columns=['churn'])\ny = df['churn']\nmodel.fit(X, y)",
        "X = df.drop('churn', axis=1)\ny = df.churn\nmodel.fit(X, y)",
        "X = df.drop(columns=names)\ny = df.churn\nmodel.fit(X, y)",
        "X = df[['a', 'b']]\nmodel.fit(X, df['churn'])",
        "cut = df.time.mean() + days\ntrain = df[df.time < cut]\ntest = df[df.time >= cut]\nm.fit(train.a, train.y)",
        f"print(X.mean())\nX = X[X.a < 3]\n{SPLIT}medians = X_train.median()\nX_test = X_test.fillna(medians)",
        "for a, b in cv.split(X, y):\n    m.fit(X.iloc[a], y.iloc[a])\n    m.predict(X.iloc[b])",
        "cross_val_score(make_pipeline(StandardScaler(), model), X, y)",
        "name = 'a test'\nparts = name.split(' ')\nfirst, second = name.split(' ')",
        "%matplotlib inline\n!ls\nx = 1",
        "this is no python",
    ],
)
def test_sound_work_is_left_in_peace(source: str) -> None:
    names = "X = pd.read_csv('x.csv')\ny = pd.read_csv('y.csv').y\ndf = pd.read_csv('d.csv')\n"
    assert found(names, source) == []


def test_a_leak_across_cells_is_named_in_the_cell_where_it_was_learned() -> None:
    assert found("X = read()", "X = scaler.fit_transform(X)", "print(1)", SPLIT) == [("cell2", 1)]


def test_leaks_come_in_the_order_of_the_notebook() -> None:
    bad = "def f(train, test):\n    model.fit(test, 1)\n"
    assert found(bad, "", bad * 2) == [("cell1", 2), ("cell3", 2), ("cell3", 4)]


def test_code_nested_beyond_reading_is_passed_over() -> None:
    deep = "x = " + "+".join(["a"] * 5_000)
    assert found(deep, "def f(train, test):\n    model.fit(test, 1)\n") == [("cell2", 2)]


def exercise_cells(file: Path) -> list[Cell]:
    answers = read_answers(file.read_text(encoding="utf-8"))
    return [Cell(id=name, source=source, exercise=name) for name, source in answers.items()]


@pytest.mark.parametrize("name", LEAKING)
def test_leaks_of_real_wrong_answers_are_found(name: str) -> None:
    assert find_leaks(exercise_cells(LABS / name)) != []


@pytest.mark.parametrize(
    "file",
    sorted([*LABS.glob("*/*/source.py"), *LABS.glob("*/*/right/*.py")]),
    ids=lambda file: "/".join(file.relative_to(LABS).parts),
)
def test_no_reference_and_no_other_right_answer_is_accused(file: Path) -> None:
    assert find_leaks(exercise_cells(file)) == []
    assert jupytext.read(file).cells
