"""Loops over a square array, where A may be rectangular."""

DIAGNOSIS = ""


def grad_bilinear_x(x, A, c):
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        for j in range(len(x)):
            gradient[i] += A[i, j] * c[j]
    return gradient
