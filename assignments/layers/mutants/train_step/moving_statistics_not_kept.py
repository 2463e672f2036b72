"""Both moving statistics are returned as they were."""

DIAGNOSIS = "new_parameters[moving_mean], new_parameters[moving_variance]: it is the old one: what batch_norm_forward returns is not kept"


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
        "moving_mean": parameters["moving_mean"].copy(),
        "moving_variance": parameters["moving_variance"].copy(),
        "weight_2": parameters["weight_2"] - learning_rate * grad_weight_2,
        "bias_2": parameters["bias_2"] - learning_rate * grad_bias_2,
    }
    return new_parameters, loss
