"""Derivations read step by step: each equality of a write-up is evaluated with random numbers."""

from matrix_checks.derivations.notebooks import check_writeup

__all__ = ["check_writeup"]
