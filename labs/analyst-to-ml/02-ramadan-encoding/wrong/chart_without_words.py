# fails: test_chart_says_what_it_shows
# why: The lines are right, and nobody but the author knows what they are.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    weekday = (df["date"].dt.dayofweek + 1) % 7
    table = df.groupby([weekday, "is_ramadan"])["sales"].mean().unstack()
    _, ax = plt.subplots(figsize=(7, 4))
    ax.plot(range(7), table[True], label="Ramadan")
    ax.plot(range(7), table[False], label="Other days")
    ax.set_xticks(range(7), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"])
    return ax
