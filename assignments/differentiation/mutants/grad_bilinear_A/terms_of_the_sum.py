"""X_p a_pq c_q: the terms of the sum, not their derivatives."""

DIAGNOSIS = "x_p a_pq c_q: the terms of the sum, not their derivatives"


def grad_bilinear_A(x, A, c):
    return x[:, np.newaxis] * A * c
