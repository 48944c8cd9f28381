# why: As an analyst writes it: four left joins of the shifted table, then COALESCE.

# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    known = df[["area", "date", "demand_mwh"]].dropna()
    left = pd.DataFrame({"area": df["area"].to_numpy(), "date": df["date"].to_numpy()})
    for weeks in (1, 2, 3, 4):
        week = known.rename(columns={"demand_mwh": str(weeks)})
        week["date"] += pd.Timedelta(days=7 * weeks)
        left = left.merge(week, on=["area", "date"], how="left")
    return left[["1", "2", "3", "4"]].bfill(axis=1)["1"].set_axis(df.index)
