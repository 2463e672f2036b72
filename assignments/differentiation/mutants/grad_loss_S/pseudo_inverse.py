"""The pseudo-inverse stands where the transpose belongs."""

DIAGNOSIS = "the pseudo-inverse of A, where A^T belongs"


def grad_loss_S(X, A, S):
    return np.linalg.pinv(A) @ grad_loss_F(X, A @ S)
