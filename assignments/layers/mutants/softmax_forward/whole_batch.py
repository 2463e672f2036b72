"""Softmax over the whole batch, where each row is one distribution."""

DIAGNOSIS = "softmax over the whole batch, where each row is one distribution"


def softmax_forward(x):
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()
