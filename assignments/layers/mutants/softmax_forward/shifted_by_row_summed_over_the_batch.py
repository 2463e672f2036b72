"""Each row has its own shift, and all rows have one sum."""

DIAGNOSIS = "each row is shifted by its own maximum, and then divided by the sum over the whole batch"


def softmax_forward(x):
    exponentials = np.exp(x - x.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum()
