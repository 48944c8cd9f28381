# fails: test_an_empty_batch_has_no_rows
# why: No requests, no table: the transformer raises, and the client gets a 500.

# %% exercise="features"
def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    table = pd.DataFrame(rows, columns=[*NUMBERS, *TEXTS])
    table = table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, object))
    return preprocessor.transform(table.where(table.notna(), np.nan))
