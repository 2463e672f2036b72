"""Through the product of the weights."""


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    product = weight_1 @ weight_2
    total = grad_output.sum(axis=0)
    return (
        grad_output @ product.T,
        (x.T @ grad_output) @ weight_2.T,
        weight_2 @ total,
        weight_1.T @ (x.T @ grad_output) + np.outer(bias_1, total),
        total.copy(),
    )
