"""The bias alone: x W is missing."""

DIAGNOSIS = "the bias alone: x W is missing"


def linear_forward(x, weight, bias):
    return np.zeros((len(x), 1), dtype=x.dtype) + bias
