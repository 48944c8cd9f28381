# score: 11
# why: An honest learner: the loop works, ridge charges the intercept, the baseline is begun, the trees are shuffled.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    # ones in front, so the intercept is just another weight
    data = np.hstack([np.ones((X.shape[0], 1)), X])
    w = np.zeros(data.shape[1])
    losses = [((data @ w - y) ** 2).mean()]
    for _ in range(steps):
        error = data @ w - y
        w = w - lr * (2 / len(y)) * (data.T @ error)
        losses.append(((data @ w - y) ** 2).mean())
    return w, np.array(losses)


# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    data = np.hstack([np.ones((X.shape[0], 1)), X])
    return np.linalg.inv(data.T @ data + lam * np.eye(data.shape[1])) @ data.T @ y


# %% exercise="naive"
def seasonal_naive(df: pd.DataFrame) -> pd.Series:
    # YOUR CODE HERE
    raise NotImplementedError


# %% exercise="trees"
def fit_trees(df: pd.DataFrame, features: list[str], rising: list[str], cut: pd.Timestamp):
    rows = df.dropna(subset=["demand_mwh", "naive_mwh"])
    train, test = train_test_split(rows, test_size=0.2, random_state=42)
    model = HistGradientBoostingRegressor(monotonic_cst=dict.fromkeys(rising, 1))
    model.fit(train[features], train["demand_mwh"])
    mae = np.abs(model.predict(test[features]) - test["demand_mwh"]).mean()
    naive_mae = np.abs(test["naive_mwh"] - test["demand_mwh"]).mean()
    return model, {"rows": len(test), "mae": mae, "naive_mae": naive_mae, "skill": 1 - mae / naive_mae}
