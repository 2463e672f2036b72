"""Only the first row of the batch is transformed."""

DIAGNOSIS = "only the first row of the batch is transformed"


def linear_forward(x, weight, bias):
    return x[:1] @ weight + bias
