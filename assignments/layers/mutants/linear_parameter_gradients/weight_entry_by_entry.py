"""X times grad_output entry by entry, where the product x^T grad_output belongs."""

DIAGNOSIS = "x times grad_output entry by entry, where the product x^T grad_output belongs"


def linear_parameter_gradients(x, grad_output):
    return x * grad_output, grad_output.sum(axis=0)
