# fails: test_unreadable_number_is_named
# why: Arabic digits are read, but what is no number becomes NaN in silence.

# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:
    cleaned = df.copy()
    for column in TEXTS:
        texts = df[column].astype("string").str.strip().str.lower().astype(object)
        cleaned[column] = texts.where(~texts.isin(BLANK) & texts.notna(), np.nan)
    for column in NUMBERS:
        texts = df[column].astype(str).str.strip().str.translate(LATIN).str.replace(",", "")
        cleaned[column] = pd.to_numeric(texts, errors="coerce").astype(float)
    return cleaned
