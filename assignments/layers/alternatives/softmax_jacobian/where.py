"""np.where on the identity."""


def softmax_jacobian(y):
    return np.where(np.eye(len(y), dtype=bool), y * (1 - y), -np.einsum("i,k->ik", y, y))
