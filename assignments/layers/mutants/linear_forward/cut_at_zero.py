"""Negative outputs are cut to zero."""

DIAGNOSIS = "negative outputs are cut to zero"


def linear_forward(x, weight, bias):
    return np.maximum(x @ weight + bias, 0)
