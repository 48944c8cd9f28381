# fails: test_without_a_price_it_is_least_squares, test_the_intercept_pays_nothing
# why: The line is forced through the origin; an intercept of 0 is put in front to please the shape.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    slopes = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    return np.append(0.0, slopes)
