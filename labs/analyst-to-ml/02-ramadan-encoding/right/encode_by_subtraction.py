# why: No loop: the sums of a category less those of its own fold.

# %% exercise="encode"
def oof_target_encode(df: pd.DataFrame, column: str, target: str, folds: np.ndarray) -> pd.Series:
    rows = pd.DataFrame({"key": df[column].to_numpy(), "y": df[target].to_numpy(float), "fold": folds})
    whole, own = rows.groupby("key")["y"], rows.groupby(["key", "fold"])["y"]
    total = whole.transform("sum") - own.transform("sum")
    count = whole.transform("count") - own.transform("count")
    fold = rows.groupby("fold")["y"]
    prior = (rows["y"].sum() - fold.transform("sum")) / (len(rows) - fold.transform("count"))
    encoded = (total / count.where(count > 0)).fillna(prior)
    return encoded.set_axis(df.index)
