"""The first entry of the bias in every feature."""

DIAGNOSIS = "the first entry of the bias in every feature"


def linear_forward(x, weight, bias):
    return x @ weight + bias[0]
