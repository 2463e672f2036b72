"""A lambda with an extra default."""

grad_quadratic = lambda x, factor=2: factor * x  # noqa: E731
