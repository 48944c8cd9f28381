# fails: test_gap_belongs_to_neither
# why: The gap is taken from the training side, so the cut is not where it was said to be.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    begin = pd.Timestamp(cut)
    known = df["label"].notna()
    train = df[known & (df["time"] < begin - pd.Timedelta(hours=gap_h))]
    test = df[known & (df["time"] >= begin)]
    if train.empty or test.empty:
        raise ValueError(f"nothing to learn from, or nothing to be judged on, around {cut}")
    return train, test
