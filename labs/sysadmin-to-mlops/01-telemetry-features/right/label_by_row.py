# why: Slow and plain: row by row over the tower's tickets.

# %% exercise="label"
def label_failures(df: pd.DataFrame, events: pd.DataFrame, horizon_h: int) -> pd.Series:
    by_tower = {tower: list(zip(rows["start"], rows["end"], strict=True)) for tower, rows in events.groupby("tower")}
    end_of_record = df["time"].max() + HOUR

    def label(tower: str, begin: pd.Timestamp) -> float:
        over = begin + HOUR
        horizon = over + horizon_h * HOUR
        spans = by_tower.get(tower, [])
        if any(start < over and begin < end for start, end in spans):
            return np.nan
        if any(over <= start < horizon for start, _ in spans):
            return 1.0
        return 0.0 if horizon <= end_of_record else np.nan

    return pd.Series([label(*row) for row in zip(df["tower"], df["time"], strict=True)], index=df.index)
