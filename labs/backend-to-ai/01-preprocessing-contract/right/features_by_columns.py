# why: One array for each field, built by hand, and a row that is thrown away where there is none.

# %% exercise="features"
def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    columns = {}
    for name in preprocessor.feature_names_in_:
        values = [row.get(name) for row in rows] or [None]
        gaps = [np.nan if value is None else value for value in values]
        columns[name] = np.array(gaps, dtype=float if name in NUMBERS else object)
    return preprocessor.transform(pd.DataFrame(columns))[: len(rows)]
