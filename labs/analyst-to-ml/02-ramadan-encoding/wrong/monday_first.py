# fails: test_week_runs_from_sunday_to_saturday
# why: The week begins on Monday, so the weekend of the readers is torn apart.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    weekday = df["date"].dt.dayofweek
    table = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
