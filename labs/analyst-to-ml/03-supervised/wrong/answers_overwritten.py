# fails: test_whole_numbers_will_do_and_inputs_stay
# why: `errors = y` is a second name for the same array, and `*=` turns the caller's answers around.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    A = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(A.shape[1])
    errors = y
    errors *= -1.0 if y.dtype.kind == "f" else -1
    losses = [np.mean(errors**2)]
    for _ in range(steps):
        weights = weights - lr * 2 * A.T @ errors / len(y)
        errors = A @ weights + y
        losses.append(np.mean((A @ weights + y) ** 2))
    return weights, np.array(losses)
