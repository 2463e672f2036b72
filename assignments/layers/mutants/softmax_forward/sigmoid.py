"""The logistic function of each logit, where softmax belongs."""

DIAGNOSIS = "the logistic function of each logit, where softmax belongs"


def softmax_forward(x):
    return 1 / (1 + np.exp(-x))
