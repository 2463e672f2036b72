"""G_i y_i (1 - y_i): only the diagonal of the Jacobian is used."""

DIAGNOSIS = "g_i y_i (1 - y_i): only the diagonal of the Jacobian is used"


def softmax_backward(grad_output, y):
    return grad_output * y * (1 - y)
