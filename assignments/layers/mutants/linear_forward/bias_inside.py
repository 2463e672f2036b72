"""(x + mean of b) W: the bias is added before the product."""

DIAGNOSIS = "(x + mean of b) W: the bias is added before the product"


def linear_forward(x, weight, bias):
    return (x + bias.mean()) @ weight
