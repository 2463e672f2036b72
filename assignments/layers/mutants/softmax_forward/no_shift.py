"""Exp of the logits as they are, which overflows: the largest of each row is not subtracted."""

DIAGNOSIS = "exp of the logits as they are, which overflows: the largest of each row is not subtracted"


def softmax_forward(x):
    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
