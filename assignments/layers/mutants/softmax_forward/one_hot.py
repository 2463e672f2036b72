"""One at the largest logit and zero elsewhere."""

DIAGNOSIS = "one at the largest logit and zero elsewhere"


def softmax_forward(x):
    return (x == x.max(axis=1, keepdims=True)).astype(x.dtype)
