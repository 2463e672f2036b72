"""The loss is computed again with the new parameters."""

DIAGNOSIS = "loss: it is the loss after the step, where the loss before it belongs"


def train_step(parameters, x, labels, learning_rate):
    hidden = linear_forward(x, parameters["weight_1"], parameters["bias_1"])
    normalized, moving_mean, moving_variance = batch_norm_forward(
        hidden, parameters["moving_mean"], parameters["moving_variance"], ALPHA, EPS, True
    )
    activated = relu_forward(normalized)
    logits = linear_forward(activated, parameters["weight_2"], parameters["bias_2"])
    probabilities = softmax_forward(logits)
    loss = cross_entropy(probabilities, labels)

    grad_probabilities = cross_entropy_gradient(probabilities, labels)
    grad_logits = softmax_backward(grad_probabilities, probabilities)
    grad_weight_2, grad_bias_2 = linear_parameter_gradients(activated, grad_logits)
    grad_activated = linear_backward(grad_logits, parameters["weight_2"])
    grad_normalized = relu_backward(grad_activated, normalized)
    grad_hidden = batch_norm_backward(hidden, grad_normalized, EPS)
    grad_weight_1, grad_bias_1 = linear_parameter_gradients(x, grad_hidden)

    new_parameters = {
        "weight_1": parameters["weight_1"] - learning_rate * grad_weight_1,
        "bias_1": parameters["bias_1"] - learning_rate * grad_bias_1,
        "moving_mean": moving_mean,
        "moving_variance": moving_variance,
        "weight_2": parameters["weight_2"] - learning_rate * grad_weight_2,
        "bias_2": parameters["bias_2"] - learning_rate * grad_bias_2,
    }
    hidden = linear_forward(x, new_parameters["weight_1"], new_parameters["bias_1"])
    normalized, _, _ = batch_norm_forward(hidden, moving_mean, moving_variance, ALPHA, EPS, True)
    logits = linear_forward(relu_forward(normalized), new_parameters["weight_2"], new_parameters["bias_2"])
    return new_parameters, cross_entropy(softmax_forward(logits), labels)
