# fails: test_the_intercept_pays_nothing
# why: The whole diagonal gets the price, the intercept too, and the forecasts are pulled towards 0.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    return np.linalg.solve(A.T @ A + lam * np.eye(A.shape[1]), A.T @ y)
