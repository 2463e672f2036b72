"""The transposed product, transposed back."""


def linear_forward(x, weight, bias):
    return np.dot(weight.T, x.T).T + np.tile(bias, (len(x), 1))
