"""The numbers that the reader looks for by themselves."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Number

ZERO, ONE, TWO = Number(Fraction(0)), Number(Fraction(1)), Number(Fraction(2))
