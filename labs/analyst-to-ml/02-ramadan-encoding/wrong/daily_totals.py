# fails: test_points_are_means
# why: Branches are added up first, so the mean is that of a chain's day and not of a branch's.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    df = df.groupby(["date", "is_ramadan"], as_index=False)["sales"].sum()
    weekday = (df["date"].dt.dayofweek + 1) % 7
    table = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
