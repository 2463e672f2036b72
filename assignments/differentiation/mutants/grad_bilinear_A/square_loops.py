"""Loops over a square array, where A may be rectangular."""

DIAGNOSIS = ""


def grad_bilinear_A(x, A, c):
    gradient = np.zeros((len(x), len(x)), dtype=A.dtype)
    for i in range(len(x)):
        for j in range(len(x)):
            gradient[i, j] = x[i] * c[j]
    return gradient
