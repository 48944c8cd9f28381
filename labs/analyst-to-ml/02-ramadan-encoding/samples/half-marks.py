# score: 11
# why: An honest learner who ran out of time: two exercises right, one with the classic leak, one not begun.

# %% exercise="ramadan"
def ramadan_features(dates: pd.Series, table: pd.DataFrame) -> pd.DataFrame:
    if dates.min() < table["ramadan_start"].min() or dates.max() > table["eid_al_fitr"].max():
        raise ValueError("the table does not go that far")
    rows = []
    for day in dates:
        # the first Eid that is not over yet, and the one before it
        ahead = table[table["eid_al_fitr"] >= day].iloc[0]
        behind = table[table["eid_al_fitr"] <= day]["eid_al_fitr"]
        rows.append(
            {
                "is_ramadan": ahead["ramadan_start"] <= day < ahead["eid_al_fitr"],
                "is_eid": len(behind) > 0 and (day - behind.iloc[-1]).days < 3,
                "days_to_eid": (ahead["eid_al_fitr"] - day).days,
            }
        )
    return pd.DataFrame(rows, index=dates.index)


# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    # the number looks great this way, so I left the folds out
    means = df.groupby(column)[target].mean()
    return df[column].map(means).fillna(df[target].mean())


# %% exercise="impute"
def impute(train: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    learned = train.groupby([train["branch"], train["date"].dt.dayofweek])["visitors"].median()
    out = new.copy()
    out["visitors_was_missing"] = out["visitors"].isna()
    fill = [learned.get((b, d), np.nan) for b, d in zip(new["branch"], new["date"].dt.dayofweek, strict=True)]
    fill = pd.Series(fill, index=new.index).fillna(train["visitors"].median())
    out["visitors"] = out["visitors"].where(~out["visitors_was_missing"], fill)
    return out


# %% exercise="plot"
def plot_seasonality(df: pd.DataFrame) -> plt.Axes:
    # YOUR CODE HERE
    raise NotImplementedError
