# why: Whole columns at once, with pandas' string methods and masks.

# %% exercise="clean"
def clean(df: pd.DataFrame) -> pd.DataFrame:
    result = {}
    for name, column in df.items():
        if name not in NUMBERS + TEXTS:
            result[name] = column.to_numpy(copy=True)
            continue
        texts = column.astype("string").str.strip().str.lower()
        known = (texts.notna() & ~texts.isin(list(BLANK))).to_numpy(dtype=bool)
        if name in TEXTS:
            result[name] = np.where(known, texts.to_numpy(dtype=object, na_value=None), np.nan)
            continue
        result[name] = np.full(len(df), np.nan)
        try:
            result[name][known] = pd.to_numeric(texts[known].str.translate(LATIN).str.replace(",", ""))
        except ValueError:
            raise ValueError(f"cannot read {name}") from None
    return pd.DataFrame(result).set_axis(df.index)
