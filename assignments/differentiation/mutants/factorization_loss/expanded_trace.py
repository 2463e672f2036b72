"""The expanded trace, which cancels when the fit is good."""

DIAGNOSIS = ""


def factorization_loss(X, A, S):
    return np.trace(X @ X.T) - 2 * np.trace(A @ S @ X.T) + np.trace(A @ S @ S.T @ A.T)
