"""A product for each object."""


def linear_backward(grad_output, weight):
    return np.stack([weight @ gradient for gradient in grad_output])
