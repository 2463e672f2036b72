"""X times c entry by entry, where the outer product belongs."""

DIAGNOSIS = "x times c entry by entry, where the outer product belongs"


def grad_bilinear_A(x, A, c):
    return x * c
