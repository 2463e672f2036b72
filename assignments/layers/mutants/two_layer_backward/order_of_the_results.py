"""Returned in the wrong order."""

DIAGNOSIS = "grad_weight_1 and grad_bias_1 have changed places"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    back = grad_output @ weight_2.T
    return back @ weight_1.T, back.sum(axis=0), x.T @ back, hidden.T @ grad_output, grad_output.sum(axis=0)
