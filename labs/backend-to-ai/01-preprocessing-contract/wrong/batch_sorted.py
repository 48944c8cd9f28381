# fails: test_alone_as_among_others
# why: Requests are sorted by customer, and the answers no longer fit the questions.

# %% exercise="features"
def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    if not rows:
        return np.empty((0, len(preprocessor.get_feature_names_out())))
    table = pd.DataFrame(sorted(rows, key=lambda row: row.get("customer_id", "")), columns=[*NUMBERS, *TEXTS])
    table = table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, object))
    return preprocessor.transform(table.where(table.notna(), np.nan))
