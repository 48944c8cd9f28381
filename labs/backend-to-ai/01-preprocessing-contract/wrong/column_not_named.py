# fails: test_unreadable_number_is_named
# why: The error is told, but which column of the export is broken, nobody learns.

# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:

    def read(value):
        text = str(value).strip().lower()
        return np.nan if pd.isna(value) or text in BLANK else text

    cleaned = df.copy()
    for column in TEXTS:
        cleaned[column] = df[column].map(read).astype(object)
    for column in NUMBERS:
        try:
            cleaned[column] = [float(str(read(value)).translate(LATIN).replace(",", "")) for value in df[column]]
        except ValueError as error:
            raise ValueError("the table cannot be read") from error
    return cleaned
