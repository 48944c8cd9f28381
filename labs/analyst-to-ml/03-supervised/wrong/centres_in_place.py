# fails: test_inputs_stay_as_they_were
# why: `-=` centres the caller's own arrays.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    centre, level = X.mean(axis=0), y.mean()
    X -= centre
    y -= level
    slopes = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    return np.append(level - centre @ slopes, slopes)
