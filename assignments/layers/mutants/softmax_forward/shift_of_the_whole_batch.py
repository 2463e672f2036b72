"""The largest logit of the whole batch is subtracted, where that of each row belongs."""

DIAGNOSIS = "the largest logit of the whole batch is subtracted, where that of each row belongs"


def softmax_forward(x):
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1, keepdims=True)
