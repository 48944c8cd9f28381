# fails: test_week_runs_from_sunday_to_saturday
# why: groupby sorts day names by the alphabet: Friday first, Wednesday last.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    means = df.groupby([df["date"].dt.day_name().str[:3], "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots()
    ax.plot(means.index, means[True], label="Ramadan")
    ax.plot(means.index, means[False], label="Other days")
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
