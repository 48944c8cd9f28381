# fails: test_slopes_pay_their_price
# why: Least squares divided by 1 + lam, which is ridge only where the columns are orthonormal.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    slopes = np.linalg.lstsq(A, y, rcond=None)[0][1:] / (1 + lam)
    return np.append(np.mean(y) - X.mean(axis=0) @ slopes, slopes)
