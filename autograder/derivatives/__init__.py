"""Numerical truth: derivatives computed without any formula for them.

Functions of ``+ - * / @``, ``exp``, ``log``, ``sqrt`` and the like are differentiated by the complex step, exact to
rounding. Anything else goes through Richardson-extrapolated central differences, which report how far they can be
trusted.

They stay with the instructor: with them at hand, nobody would need a formula.
"""

from autograder.derivatives.complex_step import gradient, jacobian, vjp
from autograder.derivatives.richardson import richardson_jacobian
from matrix_checks.checks.estimate import Estimate

__all__ = ["Estimate", "gradient", "jacobian", "richardson_jacobian", "vjp"]
