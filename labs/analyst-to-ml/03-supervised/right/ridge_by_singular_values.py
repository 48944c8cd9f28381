# why: By singular values: each direction is shrunk by s / (s squared + lam).

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    centre = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - centre, full_matrices=False)
    keep = s > 1e-10 * s.max()
    slopes = Vt[keep].T @ (s[keep] / (s[keep] ** 2 + lam) * (U[:, keep].T @ (y - np.mean(y))))
    return np.append(np.mean(y) - centre @ slopes, slopes)
