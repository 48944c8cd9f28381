# fails: test_losses_belong_to_the_weights
# why: The loss before the first step is not noted, so there is one loss too few.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = []
    for _ in range(steps):
        weights = weights - lr * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
    return weights, np.array(losses)
