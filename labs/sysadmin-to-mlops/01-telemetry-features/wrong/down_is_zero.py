# fails: test_no_label_while_down
# why: Hours in which the tower is down stay in the training data as good ones.

# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    labels[until > ready.max()] = np.nan
    down = pd.Series(data=False, index=df.index)
    for event in events.itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    return labels
