"""The bias is added twice."""

DIAGNOSIS = "the bias is added twice"


def linear_forward(x, weight, bias):
    return x @ weight + 2 * bias
