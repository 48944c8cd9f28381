# fails: test_an_empty_column_keeps_its_place
# why: A column without values is dropped, and every column after it moves one place.

# %% exercise="preprocessor"
def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore", sparse_output=False),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)])
