"""Everything becomes float64."""

DIAGNOSIS = "although every argument is float32"


def softmax_forward(x):
    x = x.astype(float)
    return np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(
        axis=1, keepdims=True
    )
