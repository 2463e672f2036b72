"""The second weights lose their signs on the way back."""

DIAGNOSIS = ""


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    grad_hidden = grad_output @ np.abs(weight_2).T
    return (
        grad_hidden @ weight_1.T,
        x.T @ grad_hidden,
        grad_hidden.sum(axis=0),
        hidden.T @ grad_output,
        grad_output.sum(axis=0),
    )
