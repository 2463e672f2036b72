"""The bias is subtracted."""

DIAGNOSIS = "the bias is subtracted"


def linear_forward(x, weight, bias):
    return x @ weight - bias
