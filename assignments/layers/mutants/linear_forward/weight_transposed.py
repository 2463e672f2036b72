"""X W^T: the weight is transposed."""

DIAGNOSIS = "x W^T: the weight is transposed"


def linear_forward(x, weight, bias):
    return x @ weight.T + bias
