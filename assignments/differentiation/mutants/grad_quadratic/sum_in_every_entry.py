"""2 x summed over its entries, in every entry."""

DIAGNOSIS = "2 x summed over its entries, in every entry"


def grad_quadratic(x):
    return 2 * np.sum(x) * np.ones_like(x)
