# fails: test_rows_stay_as_they_were
# why: The rows come back in another order than they came in.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    df = df.sort_values(["time", "label"])
    begin = pd.Timestamp(cut)
    known = df["label"].notna()
    train = df[known & (df["time"] < begin)]
    test = df[known & (df["time"] >= begin + pd.Timedelta(hours=gap_h))]
    if train.empty or test.empty:
        raise ValueError(f"nothing to learn from, or nothing to be judged on, around {cut}")
    return train, test
