"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def softmax_backward(grad_output, y):
    y = y.astype(float)
    return y * (grad_output - (grad_output * y).sum(axis=1, keepdims=True))
