# fails: test_rows_without_label_are_left_out
# why: Rows without a label are taken for healthy ones.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    begin = pd.Timestamp(cut)
    df = df.fillna({"label": 0})
    known = df["label"].notna()
    train = df[known & (df["time"] < begin)]
    test = df[known & (df["time"] >= begin + pd.Timedelta(hours=gap_h))]
    if train.empty or test.empty:
        raise ValueError(f"nothing to learn from, or nothing to be judged on, around {cut}")
    return train, test
