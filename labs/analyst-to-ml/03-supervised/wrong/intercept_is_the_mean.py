# fails: test_without_a_price_it_is_least_squares, test_twins_and_more_columns_than_rows
# why: The columns are centred and the shift is never taken back, so the intercept is that of other columns.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    Z = X - X.mean(axis=0)
    slopes = np.linalg.solve(Z.T @ Z + lam * np.eye(X.shape[1]), Z.T @ (y - y.mean()))
    return np.append(y.mean(), slopes)
