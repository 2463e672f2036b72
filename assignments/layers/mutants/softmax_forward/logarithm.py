"""The logarithm of the answer."""

DIAGNOSIS = "the logarithm of the answer"


def softmax_forward(x):
    return (
        x - x.max(axis=1, keepdims=True) - np.log(np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
    )
