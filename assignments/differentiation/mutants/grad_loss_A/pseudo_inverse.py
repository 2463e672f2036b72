"""The pseudo-inverse stands where the transpose belongs."""

DIAGNOSIS = "the pseudo-inverse of S, where S^T belongs"


def grad_loss_A(X, A, S):
    return grad_loss_F(X, A @ S) @ np.linalg.pinv(S)
