"""Accumulated over the batch."""


def one_object(x, weight_1, bias_1, weight_2, gradient):
    hidden = x @ weight_1 + bias_1
    back = weight_2 @ gradient
    return weight_1 @ back, np.outer(x, back), back, np.outer(hidden, gradient), gradient


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    parts = [one_object(a, weight_1, bias_1, weight_2, g) for a, g in zip(x, grad_output)]
    grad_x = np.stack([part[0] for part in parts])
    return (grad_x, *(sum(part[k] for part in parts[1:]) + parts[0][k] for k in range(1, 5)))
