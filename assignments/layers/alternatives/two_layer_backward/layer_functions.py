"""From the functions of one layer."""


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = linear_forward(x, weight_1, bias_1)
    grad_hidden = linear_backward(grad_output, weight_2)
    grad_weight_2, grad_bias_2 = linear_parameter_gradients(hidden, grad_output)
    grad_weight_1, grad_bias_1 = linear_parameter_gradients(x, grad_hidden)
    return linear_backward(grad_hidden, weight_1), grad_weight_1, grad_bias_1, grad_weight_2, grad_bias_2
