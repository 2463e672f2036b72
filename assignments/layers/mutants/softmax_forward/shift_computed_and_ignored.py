"""The shift is computed, and then not used."""

DIAGNOSIS = "which overflows"


def softmax_forward(x):
    shifted = x - x.max(axis=1, keepdims=True)
    exponentials = np.exp(x)
    return exponentials / exponentials.sum(axis=1, keepdims=True)
