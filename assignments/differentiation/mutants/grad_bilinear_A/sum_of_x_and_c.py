"""X_p + c_q, where the product x_p c_q belongs."""

DIAGNOSIS = "x_p + c_q, where the product x_p c_q belongs"


def grad_bilinear_A(x, A, c):
    return x[:, np.newaxis] + c
