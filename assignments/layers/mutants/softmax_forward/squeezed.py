"""Axes of length one are squeezed away, which breaks a batch of one."""

DIAGNOSIS = "axes of length one are squeezed away, which breaks a batch of one"


def softmax_forward(x):
    return (
        np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ).squeeze()
