"""Exp of the shifted logits, not divided by their sum."""

DIAGNOSIS = "exp of the shifted logits, not divided by their sum"


def softmax_forward(x):
    return np.exp(x - x.max(axis=1, keepdims=True))
