"""By einsum."""


def linear_forward(x, weight, bias):
    return np.einsum("ik,kj->ij", x, weight) + bias[np.newaxis]
