"""The two bias gradients have changed places."""

DIAGNOSIS = "grad_bias_1 and grad_bias_2 have changed places"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    grad_hidden = grad_output @ weight_2.T
    return (
        grad_hidden @ weight_1.T,
        x.T @ grad_hidden,
        grad_output.sum(axis=0),
        hidden.T @ grad_output,
        grad_hidden.sum(axis=0),
    )
