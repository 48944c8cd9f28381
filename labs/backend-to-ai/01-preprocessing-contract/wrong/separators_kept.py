# fails: test_table_reads_numbers
# why: Digits are translated, but '1,250.5' is still no number and stops the night's training.

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
            cleaned[column] = [float(str(read(value)).translate(LATIN)) for value in df[column]]
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error
    return cleaned
