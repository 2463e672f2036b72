"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def linear_forward(x, weight, bias):
    return np.array(x, dtype=float) @ weight + bias
