# fails: test_failures_in_the_horizon, test_the_end_of_the_record_is_open, test_each_tower_has_its_own_tickets
# why: The last hour of the record is not counted as recorded.

# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    labels[until > df["time"].max()] = np.nan
    down = pd.Series(data=False, index=df.index)
    for event in events.itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    labels[down] = np.nan
    return labels
