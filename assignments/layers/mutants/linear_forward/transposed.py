"""The output is transposed."""

DIAGNOSIS = "the array is transposed"


def linear_forward(x, weight, bias):
    return (x @ weight + bias).T
