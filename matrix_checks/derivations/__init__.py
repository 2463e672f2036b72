"""Derivations read step by step: each equality of a write-up is evaluated with random numbers."""

from pathlib import Path

__all__ = ["check_writeup"]


def check_writeup(name: str, folder: Path | str = ".") -> None:
    """Show what is true in a write-up, from the notebook as it was last saved.

    Parameters
    ----------
    name
        The ``grade_id`` of the write-up's cell.
    folder
        Where the notebook lies.
    """
    # Most cells check code: the reader's hundreds of patterns, half a second of computing, wait for the first write-up.
    from matrix_checks.derivations.check_cell import show_report

    show_report(name, Path(folder))
