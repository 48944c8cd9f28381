# fails: test_categories_of_training_get_columns, test_an_empty_column_keeps_its_place
# why: A missing plan becomes the plan that most have, and the model cannot know better.

# %% exercise="preprocessor"
def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="most_frequent"),
        OneHotEncoder(handle_unknown="ignore", sparse_output=False),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)])
