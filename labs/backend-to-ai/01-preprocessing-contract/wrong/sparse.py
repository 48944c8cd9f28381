# fails: test_categories_of_training_get_columns, test_columns_are_found_by_name, test_an_empty_column_keeps_its_place
# why: One-hot columns stay sparse where there are many, so the answer is no array.

# %% exercise="preprocessor"
def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore"),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)], sparse_threshold=1)
