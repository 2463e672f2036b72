"""exp is forgotten in the sum."""

DIAGNOSIS = "exp of the shifted logits over the sum of the shifted logits"


def softmax_forward(x):
    shifted = x - x.max(axis=1, keepdims=True)
    return np.exp(shifted) / shifted.sum(axis=1, keepdims=True)
