"""Only the case i = k: the entries off the diagonal are missing."""

DIAGNOSIS = "only the case i = k: the entries off the diagonal are missing"


def softmax_jacobian(y):
    return np.diag(y * (1 - y))
