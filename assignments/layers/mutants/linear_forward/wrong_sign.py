"""The sign is wrong."""

DIAGNOSIS = "the sign is wrong"


def linear_forward(x, weight, bias):
    return -(x @ weight + bias)
