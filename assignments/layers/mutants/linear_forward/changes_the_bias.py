"""The bias is changed in place."""

DIAGNOSIS = "changes its argument bias"


def linear_forward(x, weight, bias):
    product = x @ weight
    bias += 1
    return product + bias - 1
