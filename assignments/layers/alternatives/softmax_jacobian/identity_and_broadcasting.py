"""By broadcasting against the identity."""


def softmax_jacobian(y):
    return y[:, np.newaxis] * (np.eye(len(y), dtype=y.dtype) - y)
