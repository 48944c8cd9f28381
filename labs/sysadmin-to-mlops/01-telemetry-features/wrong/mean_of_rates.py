# fails: test_values_of_a_full_record, test_gaps_and_idle_hours
# why: The mean of hourly rates, in which a quiet hour weighs as much as the evening's peak.

# %% exercise="rates"
def rate_features(df: pd.DataFrame, windows: list[int]) -> pd.DataFrame:
    features = df.copy()
    by_tower = df.groupby("tower")
    rate = (df["drops"] / (df["bytes"] / 1e9).where(df["bytes"] > 0)).groupby(df["tower"])
    for window in windows:
        features[f"drops_per_gb_{window}"] = rate.rolling(window, min_periods=1).mean().droplevel(0)
        features[f"temp_max_{window}"] = by_tower["temp_c"].rolling(window, min_periods=1).max().droplevel(0)
        features[f"temp_rise_{window}"] = df["temp_c"] - by_tower["temp_c"].shift(window)
    return features
