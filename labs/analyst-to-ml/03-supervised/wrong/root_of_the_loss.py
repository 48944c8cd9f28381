# fails: test_losses_belong_to_the_weights
# why: The root is taken, as one does for a report; what goes downhill here is the mean square itself.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    losses = [np.sqrt(np.mean((A @ weights - y) ** 2))]
    for _ in range(steps):
        weights = weights - lr * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.sqrt(np.mean((A @ weights - y) ** 2)))
    return weights, np.array(losses)
