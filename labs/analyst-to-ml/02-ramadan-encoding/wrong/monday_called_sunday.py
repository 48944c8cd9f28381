# fails: test_points_are_means
# why: pandas counts its weekdays from Monday; the names begin with Sunday, so each point has its neighbour's name.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    weekday = df["date"].dt.dayofweek
    table = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
