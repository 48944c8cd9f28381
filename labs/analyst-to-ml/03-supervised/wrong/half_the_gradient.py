# fails: test_each_step_follows_the_slope
# why: The 2 of the derivative is lost, so each step is half as long as it should be.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = [np.mean((A @ weights - y) ** 2)]
    for _ in range(steps):
        weights = weights - lr * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
    return weights, np.array(losses)
