"""The sum runs over the batch, where it should run over the classes."""

DIAGNOSIS = "the sum runs over the batch, where it should run over the classes"


def softmax_backward(grad_output, y):
    return y * (grad_output - (grad_output * y).sum(axis=0))
