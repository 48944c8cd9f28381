# fails: test_gap_belongs_to_neither
# why: The gap is counted in rows, of which each hour has several.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    begin = pd.Timestamp(cut)
    known = df[df["label"].notna()]
    train, later = known[known["time"] < begin], known[known["time"] >= begin]
    test = later[gap_h:]
    if train.empty or test.empty:
        raise ValueError(cut)
    return train, test
