"""Entry by entry."""


def grad_bilinear_x(x, A, c):
    result = np.zeros_like(x)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            result[i] += A[i, j] * c[j]
    return result
