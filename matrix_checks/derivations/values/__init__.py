"""Expressions evaluated at random numbers of declared shapes, with derivatives of first order; a new operation is a ``@rule``."""
