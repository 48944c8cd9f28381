# fails: test_table_keeps_its_rows
# why: The rules for texts go over all columns, ids and target too.

# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:

    def read(value):
        text = str(value).strip().lower()
        return np.nan if pd.isna(value) or text in BLANK else text

    cleaned = df.copy()
    for column in df.columns.difference(NUMBERS):
        cleaned[column] = df[column].map(read).astype(object)
    for column in NUMBERS:
        try:
            cleaned[column] = [float(str(read(value)).translate(LATIN).replace(",", "")) for value in df[column]]
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error
    return cleaned
