"""The course's own write-ups are read in the build: one that the reader does not take for complete would cost a right student marks."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from matrix_checks.derivations.equality.verdicts import HOLDS, STATED
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.exercise import Exercise


def check_models(master: Path, notebook: NotebookNode, exercises: dict[str, Exercise]) -> None:
    """See that the model write-up of each exercise is complete, and that each of its steps holds.

    Parameters
    ----------
    master
        The file that the notebook was made from, for the message.
    notebook
        The instructor's notebook.
    exercises
        By the name of the write-up's cell.

    Raises
    ------
    ValueError
        If one is not; the message names the file and the cell.
    """
    for cell in notebook.cells:
        name = _name(cell)
        if name in exercises:
            why = _why_incomplete(read_writeup(cell.source, exercises[name]))
            if why:
                raise ValueError(f"{master}: the model write-up {name} {why}.")


def _name(cell: Any) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "") if cell.cell_type == "markdown" else ""


def _why_incomplete(report: Report) -> str:
    """What is missing; empty where it is complete."""
    bad = next((step for step in report.steps if step.verdict not in (HOLDS, STATED)), None)
    if bad:
        return f"has a step that is {bad.verdict}, ${bad.left} {bad.sign} {bad.right}$ ({bad.reason})"
    missing = [name for name, found in report.answers.items() if found != "reached"]
    if missing:
        return f"does not reach the answer {missing[0]}"
    ways = [way for way, found in report.ways.items() if not found]
    if ways:
        return f"holds no derivation {ways[0]}"
    if not report.is_derived:
        return "has too few steps to be a derivation"
    return "" if report.complete else " ".join(["is not complete", *report.notes[:1]]).rstrip(".")
