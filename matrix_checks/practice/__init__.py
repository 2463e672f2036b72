"""Fresh problems without end: drawn from a seed, solved by the differential, every line proven by the reader of derivations."""

from matrix_checks.practice.session import check_derivation, hint, practice, solution, tally

__all__ = ["check_derivation", "hint", "practice", "solution", "tally"]
