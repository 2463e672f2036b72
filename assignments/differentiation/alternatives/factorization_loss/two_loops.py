"""Entry by entry, a plain float."""


def factorization_loss(X, A, S):
    total = 0.0
    for n in range(X.shape[0]):
        for m in range(X.shape[1]):
            total += float(X[n, m] - A[n] @ S[:, m]) ** 2
    return total
