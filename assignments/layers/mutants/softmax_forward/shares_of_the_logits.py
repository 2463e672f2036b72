"""Each logit divided by the sum of its row: exp is missing."""

DIAGNOSIS = "each logit divided by the sum of its row: exp is missing"


def softmax_forward(x):
    return x / x.sum(axis=1, keepdims=True)
