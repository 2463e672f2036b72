"""Both bias gradients are averaged over the batch."""

DIAGNOSIS = "grad_bias_1, grad_bias_2: a factor of 1/N too many, where N is the batch size"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    back = grad_output @ weight_2.T
    return back @ weight_1.T, x.T @ back, back.mean(axis=0), hidden.T @ grad_output, grad_output.mean(axis=0)
