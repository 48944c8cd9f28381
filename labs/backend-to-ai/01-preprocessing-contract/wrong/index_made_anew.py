# fails: test_table_keeps_its_rows
# why: Duplicates are dropped and the index is made anew, so the target no longer fits.

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
            raise ValueError(f"{column}: {error}") from error
    return cleaned.drop_duplicates().reset_index(drop=True)
