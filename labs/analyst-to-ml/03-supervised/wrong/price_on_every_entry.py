# fails: test_slopes_pay_their_price, test_the_intercept_pays_nothing
# why: lam is added to the whole matrix and not to its diagonal: the price is on the sum of slopes.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    price = np.full((A.shape[1], A.shape[1]), float(lam))
    price[0, :] = price[:, 0] = 0
    return np.linalg.pinv(A.T @ A + price) @ A.T @ y
