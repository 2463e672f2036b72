"""The two cases in loops."""


def softmax_jacobian(y):
    result = np.empty((len(y), len(y)), dtype=y.dtype)
    for i in range(len(y)):
        for k in range(len(y)):
            result[i, k] = y[i] * (1 - y[i]) if i == k else -y[i] * y[k]
    return result
