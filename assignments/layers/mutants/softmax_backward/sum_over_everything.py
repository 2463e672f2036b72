"""The sum runs over the whole batch, where it should run over the classes of one object."""

DIAGNOSIS = "the sum runs over the whole batch, where it should run over the classes of one object"


def softmax_backward(grad_output, y):
    return y * (grad_output - (grad_output * y).sum())
