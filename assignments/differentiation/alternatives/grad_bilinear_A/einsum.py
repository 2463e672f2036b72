"""By einsum."""


def grad_bilinear_A(x, A, c):
    return np.einsum("i,j->ij", x, c)
