# fails: test_categories_of_training_get_columns
# why: A plan launched after training stops the service.

# %% exercise="preprocessor"
def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(sparse_output=False),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)])
