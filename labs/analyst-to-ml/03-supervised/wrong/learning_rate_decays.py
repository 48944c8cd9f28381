# fails: test_each_step_follows_the_slope, test_many_steps_reach_least_squares
# why: A recipe for networks is applied: the rate shrinks at each step, and the steps die before they arrive.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = [np.mean((A @ weights - y) ** 2)]
    for step in range(steps):
        weights = weights - lr * 0.99**step * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
    return weights, np.array(losses)
