# fails: test_whole_numbers_will_do_and_inputs_stay
# why: The weights take the type of X: with whole numbers every step is cut to whole numbers.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.insert(X, 0, 1, axis=1)
    weights = np.zeros_like(A[0])
    losses = [np.mean((A @ weights - y) ** 2)]
    for _ in range(steps):
        weights[:] = weights - lr * 2 * A.T @ (A @ weights - y) / len(y)
        losses.append(np.mean((A @ weights - y) ** 2))
    return weights, np.array(losses)
