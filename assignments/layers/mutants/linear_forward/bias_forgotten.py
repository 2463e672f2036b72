"""The bias is missing."""

DIAGNOSIS = "the bias is missing"


def linear_forward(x, weight, bias):
    return x @ weight
