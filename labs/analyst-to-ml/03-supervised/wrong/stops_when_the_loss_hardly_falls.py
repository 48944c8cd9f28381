# fails: test_many_steps_reach_least_squares
# why: It stops where the loss hardly falls any more, which on a flat slope is far from the bottom.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = [np.mean((A @ weights - y) ** 2)]
    for _ in range(steps):
        weights = weights - lr * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
        if abs(losses[-2] - losses[-1]) < 1e-4:
            break
    return weights, np.array(losses)
