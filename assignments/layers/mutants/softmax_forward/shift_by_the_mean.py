"""The mean of each row is subtracted, where its maximum belongs."""

DIAGNOSIS = "the mean of each row is subtracted, where its maximum belongs"


def softmax_forward(x):
    return np.exp(x - x.mean(axis=1, keepdims=True)) / np.exp(x - x.mean(axis=1, keepdims=True)).sum(
        axis=1, keepdims=True
    )
