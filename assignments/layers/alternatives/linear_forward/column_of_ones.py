"""The bias as one more row of the weight."""


def linear_forward(x, weight, bias):
    ones = np.ones((len(x), 1), dtype=x.dtype)
    return np.hstack([x, ones]) @ np.vstack([weight, bias])
