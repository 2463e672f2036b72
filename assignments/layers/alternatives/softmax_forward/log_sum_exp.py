"""exp of x minus log-sum-exp."""


def softmax_forward(x):
    largest = x.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(x - largest).sum(axis=1, keepdims=True))
    return np.exp(x - largest - log_sum)
