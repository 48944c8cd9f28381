# fails: test_the_end_of_the_record_is_open
# why: No ticket yet is taken for no failure.

# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    down = pd.Series(data=False, index=df.index)
    for event in events.itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    labels[down] = np.nan
    return labels
