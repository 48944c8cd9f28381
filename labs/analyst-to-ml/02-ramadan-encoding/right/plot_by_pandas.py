# why: A pivot table in the week's order, drawn by pandas.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    table = df.assign(day=df["date"].dt.day_name().str[:3]).pivot_table("sales", "day", "is_ramadan", aggfunc="mean")
    table = table.loc[names].rename(columns={True: "Ramadan", False: "Other days"})
    ax = table.plot(xticks=range(7), title="Sales by weekday", xlabel="Weekday", ylabel="Mean sales, thousand SAR")
    ax.legend(title=None)
    return ax
