# fails: test_rows_without_label_are_left_out
# why: A job that is judged on nothing ends well.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    begin = pd.Timestamp(cut)
    known = df["label"].notna()
    train = df[known & (df["time"] < begin)]
    test = df[known & (df["time"] >= begin + pd.Timedelta(hours=gap_h))]
    return train, test
