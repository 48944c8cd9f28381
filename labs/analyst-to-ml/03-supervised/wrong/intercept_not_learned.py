# fails: test_each_step_follows_the_slope, test_many_steps_reach_least_squares
# why: The intercept is set to the mean of y and never moves, which is right only where the columns are centred.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    slopes = np.zeros(X.shape[1])
    intercept = np.mean(y)
    losses = [np.mean(np.asarray(y) ** 2)]
    for _ in range(steps):
        errors = intercept + X @ slopes - y
        slopes = slopes - lr * 2 * X.T @ errors / len(y)
        losses.append(np.mean((intercept + X @ slopes - y) ** 2))
    return np.append(intercept if steps else 0.0, slopes), np.array(losses)
