# fails: test_points_are_means
# why: Sums are drawn, so the line with more days lies higher whatever was sold on a day.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    weekday = (df["date"].dt.dayofweek + 1) % 7
    table = df.groupby([weekday, "is_ramadan"])["sales"].sum().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
