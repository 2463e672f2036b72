"""Subtracts in place."""

DIAGNOSIS = "changes its argument x"


def softmax_forward(x):
    x -= x.max(axis=1, keepdims=True)
    exponentials = np.exp(x)
    return exponentials / exponentials.sum(axis=1, keepdims=True)
