# fails: test_categories_of_training_get_columns, test_an_empty_column_keeps_its_place
# why: drop='first' as in a regression: an unknown plan now looks like the first one.

# %% exercise="preprocessor"
def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore", drop="first", sparse_output=False),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)])
