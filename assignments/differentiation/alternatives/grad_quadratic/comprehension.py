"""A list comprehension with type hints."""


def grad_quadratic(x: np.ndarray) -> np.ndarray:
    return np.array([2 * value for value in x], dtype=x.dtype)
