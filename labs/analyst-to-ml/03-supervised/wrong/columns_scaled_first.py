# fails: test_slopes_pay_their_price
# why: The columns are standardised inside, as a pipeline would: the price is then on other slopes than those returned.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    spread = np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    Z = (X - X.mean(axis=0)) / spread
    slopes = np.linalg.solve(Z.T @ Z + lam * np.eye(Z.shape[1]), Z.T @ (y - y.mean())) / spread
    return np.append(y.mean() - X.mean(axis=0) @ slopes, slopes)
