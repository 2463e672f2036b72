"""What the grading knows of one student's work, as far as it decides on what to ask: plain data, from wherever it is stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matrix_checks.checks.diagnosis import PARTLY
from matrix_checks.derivations.judging.report import Report

_EXPLAINED = "→ "
# What a check says among the cases, and is no diagnosis of numbers.
_AMONG_THE_CASES = "✗ "
_MANNERS = ("the function changes its argument", "shares memory with the argument", "although every argument is float32")
# As matrix_checks/checks/diagnosis.py puts sentences together.
_JOINTS = re.compile(rf"; (?={re.escape(PARTLY)})|, or: ")
_OUTPUTS = re.compile(r"^[\w\[\]]+(?:, [\w\[\]]+)*: ")


@dataclass(frozen=True)
class CheckFinding:
    """What a check made of one function.

    Attributes
    ----------
    function
        Its name.
    sentences
        What the check says was probably done, a mistake each.
    is_right
        Whether it earned all of its points.
    """

    function: str
    sentences: tuple[str, ...] = ()
    is_right: bool = True

    @classmethod
    def of_output(cls, function: str, printed: str, is_right: bool, remarks: Iterable[str] = ()) -> "CheckFinding":
        """From what the check printed, and from remarks on the submission, of which those on this function begin with its name."""
        own = tuple(remark.removeprefix(f"{function} ") for remark in remarks if remark.startswith(f"{function} "))
        lines = [line.strip() for line in printed.split("\n")]
        explained = [line.removeprefix(_EXPLAINED) for line in lines if line.startswith(_EXPLAINED)]
        cases = [line.removeprefix(_AMONG_THE_CASES) for line in lines if line.startswith(_AMONG_THE_CASES)]
        manners = [line for line in cases if any(words in line for words in _MANNERS)]
        return cls(function, tuple(each for line in explained for each in _parts(line)) + tuple(manners) + own, is_right)


@dataclass(frozen=True)
class WriteupFinding:
    """What the reader made of one write-up.

    Attributes
    ----------
    writeup
        Its ``grade_id``.
    verdicts
        Those that its steps have.
    missing_answers, missing_ways
        Questions without a right answer, and ways that were not found.
    is_complete
        Whether nothing is missing or wrong.
    false_step
        The reason at the first false step; empty where none is false or no reason is known.
    """

    writeup: str
    verdicts: frozenset[str] = frozenset()
    missing_answers: frozenset[str] = frozenset()
    missing_ways: frozenset[str] = frozenset()
    is_complete: bool = True
    false_step: str = ""

    @classmethod
    def of_report(cls, writeup: str, report: Report | None) -> "WriteupFinding":
        """From the reader's report; ``None`` for a write-up that is empty or could not be read."""
        if report is None:
            return cls(writeup, is_complete=False)
        return cls(
            writeup,
            frozenset(step.verdict for step in report.steps),
            frozenset(name for name, found in report.answers.items() if found in ("missing", "wrong")),
            frozenset(name for name, found in report.ways.items() if not found),
            report.complete,
            report.first_false.reason if report.first_false else "",
        )


@dataclass(frozen=True)
class Findings:
    """What is known of one student's assignment."""

    checks: tuple[CheckFinding, ...] = ()
    writeups: tuple[WriteupFinding, ...] = ()


def _parts(line: str) -> list[str]:
    """The sentences that one line joins, without the names of the outputs and without how many cases they explain."""
    # A sentence may itself begin like the name of an output, as "zeros: ..." would: both readings are kept.
    readings = dict.fromkeys((line, _OUTPUTS.sub("", line, count=1)))
    parts = [part for reading in readings for part in _JOINTS.split(reading)]
    return list(dict.fromkeys(part.removeprefix(PARTLY) for part in parts))
