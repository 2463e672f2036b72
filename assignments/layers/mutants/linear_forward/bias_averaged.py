"""The mean of the bias in every feature."""

DIAGNOSIS = "the mean of the bias in every feature"


def linear_forward(x, weight, bias):
    return x @ weight + bias.mean()
