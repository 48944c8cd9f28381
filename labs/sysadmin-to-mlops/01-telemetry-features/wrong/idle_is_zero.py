# fails: test_gaps_and_idle_hours
# why: Hours without traffic get a rate of zero: the best there is, for a tower that carries nothing.

# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    features = df.copy()
    by_tower = df.groupby("tower")
    for window in windows:
        past = by_tower[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1)
        sums = past[["bytes", "drops"]].sum().droplevel(0)
        gigabytes = sums["bytes"] / 1e9
        features[f"drops_per_gb_{window}"] = (sums["drops"] / gigabytes.where(gigabytes > 0)).fillna(0)
        features[f"temp_max_{window}"] = past["temp_c"].max().droplevel(0)
        features[f"temp_rise_{window}"] = df["temp_c"] - by_tower["temp_c"].shift(window)
    return features
