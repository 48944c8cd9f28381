# fails: test_slopes_pay_their_price
# why: A textbook writes the price as Gamma.T @ Gamma with the root of lam in Gamma; here lam itself is in it.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    price = lam * np.eye(A.shape[1])
    price[0, 0] = 0
    return np.linalg.solve(A.T @ A + price.T @ price, A.T @ y)
