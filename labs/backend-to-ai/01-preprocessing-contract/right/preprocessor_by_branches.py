# why: One branch for each column, and gaps in texts filled by a function before the encoder.

# %% exercise="preprocessor"
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer


def name_gaps(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "missing")


def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    branches = []
    for column in num:
        fill = SimpleImputer(strategy="median", keep_empty_features=True)
        branches.append((f"number {column}", Pipeline([("fill", fill), ("scale", StandardScaler())]), [column]))
    for column in cat:
        encode = OneHotEncoder(handle_unknown="ignore")
        branches.append(
            (f"text {column}", Pipeline([("fill", FunctionTransformer(name_gaps)), ("code", encode)]), [column])
        )
    return ColumnTransformer(branches, sparse_threshold=0)
