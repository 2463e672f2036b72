"""Row by row."""


def one_row(logits):
    exponentials = np.exp(logits - max(logits))
    return exponentials / exponentials.sum()


def softmax_forward(x):
    return np.array([one_row(row) for row in x])
