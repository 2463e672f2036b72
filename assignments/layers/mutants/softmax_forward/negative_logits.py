"""Softmax of -x."""

DIAGNOSIS = "softmax of -x"


def softmax_forward(x):
    return np.exp(x.min(axis=1, keepdims=True) - x) / np.exp(x.min(axis=1, keepdims=True) - x).sum(
        axis=1, keepdims=True
    )
