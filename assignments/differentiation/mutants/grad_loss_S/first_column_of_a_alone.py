"""Only the first column of A is used, for every row of S."""

DIAGNOSIS = "only the first column of A, for every row of S"


def grad_loss_S(X, A, S):
    G = grad_loss_F(X, A @ S)
    gradient = np.zeros_like(S)
    for m in range(S.shape[1]):
        gradient[:, m] = A[:, 0] @ G[:, m]
    return gradient
