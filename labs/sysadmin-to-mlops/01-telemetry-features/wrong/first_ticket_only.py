# fails: test_failures_in_the_horizon, test_no_label_while_down, test_each_tower_has_its_own_tickets
# why: One ticket for each tower is looked up; the others are never seen.

# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    ready = df["time"] + HOUR
    until = ready + pd.Timedelta(hours=horizon_h)
    labels = pd.Series(0.0, index=df.index)
    labels[until > ready.max()] = np.nan
    down = pd.Series(data=False, index=df.index)
    for event in events.drop_duplicates("tower").itertuples():
        mine = df["tower"] == event.tower
        labels[mine & (event.start >= ready) & (event.start < until)] = 1.0
        down |= mine & (event.start < ready) & (event.end > df["time"])
    labels[down] = np.nan
    return labels
