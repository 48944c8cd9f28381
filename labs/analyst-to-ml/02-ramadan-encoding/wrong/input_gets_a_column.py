# fails: test_each_call_draws_a_chart_of_its_own
# why: A helper column is written into the caller's table.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    df["weekday"] = (df["date"].dt.dayofweek + 1) % 7
    weekday = df["weekday"]
    table = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    ax.set(title="Sales by weekday", xlabel="Day of the week", ylabel="Mean sales (thousand SAR)")
    ax.legend()
    return ax
