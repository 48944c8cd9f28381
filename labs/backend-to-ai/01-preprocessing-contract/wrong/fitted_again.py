# fails: test_alone_as_among_others, test_none_is_a_gap
# why: fit_transform on the request: every customer alone is the most ordinary one.

# %% exercise="features"
def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    if not rows:
        return np.empty((0, len(preprocessor.get_feature_names_out())))
    table = pd.DataFrame(rows, columns=[*NUMBERS, *TEXTS])
    table = table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, object))
    return preprocessor.fit_transform(table.where(table.notna(), np.nan))
