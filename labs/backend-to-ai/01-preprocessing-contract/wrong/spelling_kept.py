# fails: test_texts_have_one_spelling
# why: Blanks are stripped, but Gold, GOLD and gold stay three plans.

# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:

    def read(value):
        text = str(value).strip()
        return np.nan if pd.isna(value) or text.lower() in BLANK else text

    cleaned = df.copy()
    for column in TEXTS:
        cleaned[column] = df[column].map(read).astype(object)
    for column in NUMBERS:
        try:
            cleaned[column] = [float(str(read(value)).translate(LATIN).replace(",", "")) for value in df[column]]
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error
    return cleaned
