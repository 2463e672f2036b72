"""With a batched matrix product."""


def softmax_backward(grad_output, y):
    inner = (grad_output[:, np.newaxis, :] @ y[:, :, np.newaxis])[:, :, 0]
    return (grad_output - inner) * y
