# score: 11
# why: An honest learner: the contract forgets infinity, the table is cleaned well, the scale is learned from the
# why: batch, and the last exercise is not begun.

# %% exercise="request"
class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")
    customer_id: str = Field(min_length=1)
    tenure_months: int = Field(ge=0, le=600)
    complaints: int = Field(ge=0)
    monthly_bill_omr: float | None = Field(default=None, ge=0)
    data_gb: float | None = Field(default=None, ge=0)
    plan: str | None = None
    governorate: str | None = None

    @field_validator(*NUMBERS, mode="before")
    @classmethod
    def to_number(cls, value):
        if isinstance(value, bool):
            raise ValueError("a flag is no number")
        if isinstance(value, str):
            value = value.translate(LATIN).replace(",", "").strip()
        return None if isinstance(value, str) and value.lower() in BLANK else value

    @field_validator(*TEXTS, mode="before")
    @classmethod
    def to_name(cls, value):
        if isinstance(value, str):
            value = value.strip().lower()
        return None if value in BLANK else value


# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:
    def known(value):
        return not pd.isna(value) and str(value).strip().lower() not in BLANK

    out = df.copy()
    for name in NUMBERS:
        values = []
        for value in df[name]:
            if not known(value):
                values.append(np.nan)
                continue
            try:
                values.append(float(str(value).translate(LATIN).replace(",", "")))
            except ValueError:
                raise ValueError(f"{name} has {value!r}") from None
        out[name] = values
    for name in TEXTS:
        names = [str(value).strip().lower() if known(value) else np.nan for value in df[name]]
        out[name] = pd.Series(names, index=df.index, dtype=object)
    return out


# %% exercise="preprocessor"
from sklearn.preprocessing import FunctionTransformer


def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    def scale(table):
        table = table.fillna(table.median())
        return ((table - table.mean()) / table.std(ddof=0)).to_numpy()

    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore", sparse_output=False),
    )
    return ColumnTransformer([("numbers", FunctionTransformer(scale), num), ("texts", texts, cat)])


# %% exercise="features"
def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    raise NotImplementedError
