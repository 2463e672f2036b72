"""A column times a row."""


def softmax_jacobian(y):
    return np.diagflat(y) - y.reshape(-1, 1) @ y.reshape(1, -1)
