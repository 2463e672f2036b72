"""What is said of an equality that could not be evaluated."""

from matrix_checks.derivations.equality.verdicts import NOT_UNDERSTOOD, Finding

FAILURES = (RecursionError, ArithmeticError, ValueError, MemoryError)


def failed(error: Exception) -> Finding:
    """A stranger's text may do anything with numbers: no right step may be called false for it."""
    if isinstance(error, RecursionError):
        return Finding(NOT_UNDERSTOOD, "it is too deeply nested to be evaluated")
    return Finding(NOT_UNDERSTOOD, f"it could not be evaluated ({type(error).__name__})")
