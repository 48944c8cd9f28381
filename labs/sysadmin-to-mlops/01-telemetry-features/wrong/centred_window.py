# fails: test_no_feature_sees_what_comes_after, test_values_of_a_full_record, test_gaps_and_idle_hours
# why: The window is centred on the hour, so half of it is the future.

# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    features = df.copy()
    by_tower = df.groupby("tower")
    for window in windows:
        past = by_tower[["bytes", "drops", "temp_c"]].rolling(window, min_periods=1, center=True)
        sums = past[["bytes", "drops"]].sum().droplevel(0)
        gigabytes = sums["bytes"] / 1e9
        features[f"drops_per_gb_{window}"] = sums["drops"] / gigabytes.where(gigabytes > 0)
        features[f"temp_max_{window}"] = past["temp_c"].max().droplevel(0)
        features[f"temp_rise_{window}"] = df["temp_c"] - by_tower["temp_c"].shift(window)
    return features
