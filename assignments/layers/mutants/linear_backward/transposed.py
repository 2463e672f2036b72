"""The answer is transposed."""

DIAGNOSIS = "the array is transposed"


def linear_backward(grad_output, weight):
    return weight @ grad_output.T
