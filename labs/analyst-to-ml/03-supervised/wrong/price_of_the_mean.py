# fails: test_slopes_pay_their_price
# why: The squared errors are averaged and the price is not, so lam costs as many times more as there are rows.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    price = lam * np.eye(A.shape[1])
    price[0, 0] = 0
    return np.linalg.solve(A.T @ A / len(y) + price, A.T @ y / len(y))
