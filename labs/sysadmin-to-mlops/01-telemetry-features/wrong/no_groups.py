# fails: test_windows_stay_in_their_tower
# why: One window over all rows: the first hours of a tower see the last ones of another.

# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    features = df.copy()
    for window in windows:
        past = df[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1)
        sums = past[["bytes", "drops"]].sum()
        gigabytes = sums["bytes"] / 1e9
        features[f"drops_per_gb_{window}"] = sums["drops"] / gigabytes.where(gigabytes > 0)
        features[f"temp_max_{window}"] = past["temp_c"].max()
        features[f"temp_rise_{window}"] = df["temp_c"] - df["temp_c"].shift(window)
    return features
