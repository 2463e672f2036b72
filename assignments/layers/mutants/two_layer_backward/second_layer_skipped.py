"""Grad_output W_1^T: the second layer is skipped."""

DIAGNOSIS = "grad_output W_1^T: the second layer is skipped"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    back = grad_output @ weight_2.T
    return grad_output @ weight_1.T, x.T @ back, back.sum(axis=0), hidden.T @ grad_output, grad_output.sum(axis=0)
