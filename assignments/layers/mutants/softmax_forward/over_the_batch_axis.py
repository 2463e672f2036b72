"""Softmax down the columns, where each row is one distribution."""

DIAGNOSIS = "softmax down the columns, where each row is one distribution"


def softmax_forward(x):
    return np.exp(x - x.max(axis=0)) / np.exp(x - x.max(axis=0)).sum(axis=0)
