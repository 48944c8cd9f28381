# fails: test_twins_and_more_columns_than_rows
# why: A guard for least squares is kept, though the price makes the answer unique.

# %% exercise="ridge"
def ridge_closed_form(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    A = np.column_stack([np.ones(len(X)), X])
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError("the columns have no single best answer")
    price = lam * np.eye(A.shape[1])
    price[0, 0] = 0
    return np.linalg.solve(A.T @ A + price, A.T @ y)
