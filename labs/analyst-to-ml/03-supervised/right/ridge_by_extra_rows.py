# why: Least squares with a row more for each slope, that wants it to be 0.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    k = X.shape[1]
    A = np.block([[np.ones((len(X), 1)), X], [np.zeros((k, 1)), np.sqrt(lam) * np.eye(k)]])
    return np.linalg.lstsq(A, np.concatenate([y, np.zeros(k)]), rcond=None)[0]
