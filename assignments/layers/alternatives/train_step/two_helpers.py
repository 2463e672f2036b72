"""Forward and backward in functions of their own."""


def forward(parameters, x):
    hidden = linear_forward(x, parameters["weight_1"], parameters["bias_1"])
    moving = parameters["moving_mean"], parameters["moving_variance"]
    normalized, mean, variance = batch_norm_forward(hidden, *moving, ALPHA, EPS, True)
    activated = relu_forward(normalized)
    probabilities = softmax_forward(linear_forward(activated, parameters["weight_2"], parameters["bias_2"]))
    return hidden, normalized, activated, probabilities, mean, variance


def train_step(parameters, x, labels, learning_rate):
    hidden, normalized, activated, probabilities, mean, variance = forward(parameters, x)
    gradient = softmax_backward(cross_entropy_gradient(probabilities, labels), probabilities)
    weight_2, bias_2 = linear_parameter_gradients(activated, gradient)
    gradient = relu_backward(linear_backward(gradient, parameters["weight_2"]), normalized)
    weight_1, bias_1 = linear_parameter_gradients(x, batch_norm_backward(hidden, gradient, EPS))
    new = {name: value.copy() for name, value in parameters.items()}
    for name, step in zip(("weight_1", "bias_1", "weight_2", "bias_2"), (weight_1, bias_1, weight_2, bias_2)):
        new[name] = new[name] - learning_rate * step
    new["moving_mean"], new["moving_variance"] = mean, variance
    return new, cross_entropy(probabilities, labels)
