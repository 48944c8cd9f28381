# why: Plain sums over the rows, as on paper, and lists for an answer.

# %% exercise="descent"
def gd_fit(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    weights, losses = [0.0] * (X.shape[1] + 1), []
    for step in range(steps + 1):
        errors = [weights[0] + np.dot(weights[1:], row) - answer for row, answer in zip(X, y, strict=True)]
        losses.append(sum(error**2 for error in errors) / len(errors))
        if step < steps:
            slopes = [sum(errors), *(np.dot(errors, X[:, place]) for place in range(X.shape[1]))]
            weights = [weight - lr * 2 * slope / len(errors) for weight, slope in zip(weights, slopes, strict=True)]
    return weights, losses
