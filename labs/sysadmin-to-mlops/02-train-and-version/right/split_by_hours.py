# why: Hours since the cut as numbers, and query.

# %% exercise="split"
def time_split(df: pd.DataFrame, cut: str, gap_h: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    since = ((df["time"] - pd.to_datetime(cut, utc=True)) / pd.Timedelta(hours=1)).to_numpy()
    labelled = ~np.isnan(df["label"].to_numpy(dtype=float))
    sides = df.loc[labelled & (since < 0)].copy(), df.loc[labelled & (since >= gap_h)].copy()
    if min(len(side) for side in sides) == 0:
        raise ValueError("one side is empty")
    return sides
