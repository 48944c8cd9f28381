# why: An ordered categorical for the week, names as x.

# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    day = pd.Categorical(df["date"].dt.strftime("%a"), categories=names, ordered=True)
    figure = plt.figure()
    ax = figure.add_subplot()
    for label, part in (("Other days", ~df["is_ramadan"]), ("Ramadan", df["is_ramadan"])):
        means = df[part].groupby(day[part], observed=False)["sales"].mean()
        ax.plot(names, means.to_numpy(), "o--", label=label)
    ax.set_title("Ramadan spreads sales over the week", loc="left")
    ax.set_xlabel("Day")
    ax.set_ylabel("SAR, thousands, mean of a branch's day")
    ax.legend(loc="upper left")
    return ax
