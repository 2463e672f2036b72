"""W g^T, transposed back."""


def linear_backward(grad_output, weight):
    return (weight @ grad_output.T).T.copy()
