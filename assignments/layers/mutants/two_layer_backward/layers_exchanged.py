"""The gradients of the two layers have changed places."""

DIAGNOSIS = "grad_weight_1 and grad_weight_2 have changed places"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    grad_hidden = grad_output @ weight_2.T
    return (
        grad_hidden @ weight_1.T,
        hidden.T @ grad_output,
        grad_output.sum(axis=0),
        x.T @ grad_hidden,
        grad_hidden.sum(axis=0),
    )
