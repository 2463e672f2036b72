"""The logits are clipped before exp."""

DIAGNOSIS = "the logits are clipped before exp"


def softmax_forward(x):
    return np.exp(np.clip(x, -700, 700)) / np.exp(np.clip(x, -700, 700)).sum(axis=1, keepdims=True)
