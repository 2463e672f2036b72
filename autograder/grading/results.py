"""What a worker is given of a submission, and what it makes of it: plain data that goes from one process to another."""

import errno
from dataclasses import dataclass, field

from autograder.course.assignment import Assignment
from autograder.grading.by_hand import Seen
from autograder.grading.inbox.folder import Contents
from autograder.grading.lateness import UNKNOWN, Handed
from autograder.grading.refusal import page_of_refusal
from autograder.grading.submissions import Submission
from autograder.sandbox.warm import SandboxError

# How the remark begins on a submission at which a machine failed.
NOT_GRADED = "not graded, run again: "


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes
    ----------
    student, assignment
        Whose it is, and what for.
    contents
        What was handed in.
    by_hand
        What a person has marked already, by ``grade_id``.
    handed
        When it came, and until when it might.
    seen
        What there was of a cell when a person marked it, by ``grade_id``.
    name
        What the student is called, where that is known.
    """

    student: str
    assignment: Assignment
    contents: Contents
    by_hand: dict[str, "Mark"] = field(default_factory=dict)
    handed: Handed = UNKNOWN
    seen: dict[str, Seen] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True)
class Mark:
    """What a person gave for a cell, as nbgrader keeps it."""

    manual_score: float | None = None
    extra_credit: float | None = None
    comment: str | None = None


@dataclass(frozen=True)
class CellGrade:
    """What nbgrader's gradebook holds of one graded cell after autograding."""

    auto_score: float | None
    needs_manual_grade: bool


@dataclass
class Result:
    """What became of a submission.

    Attributes
    ----------
    student, assignment
        As in the job.
    graded
        Whether it could be run.
    remarks
        What the instructor should know, a sentence each.
    grades
        By ``grade_id``.
    comments
        nbgrader's own comments ("No response.") by ``grade_id``.
    penalty
        What nbgrader takes off for being late.
    failure_of_machine
        Whether it was this machine that failed, and not the submission: then nothing of it is recorded.
    autograded, feedback
        Contents of the two result folders, by path; the course's package, which is the same in all, is left out.
    work
        What was found, as :mod:`autograder.grading.work` keeps it.
    """

    student: str
    assignment: Assignment
    graded: bool
    remarks: list[str] = field(default_factory=list)
    grades: dict[str, CellGrade] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    penalty: float | None = None
    failure_of_machine: bool = False
    autograded: dict[str, bytes] = field(default_factory=dict)
    feedback: dict[str, bytes] = field(default_factory=dict)
    work: bytes = b""

    @property
    def key(self) -> str:
        """``"student/assignment"``."""
        return f"{self.student}/{self.assignment.identifier}"


class NotGradedThere(RuntimeError):
    """Another machine did not grade a submission, or its result did not arrive."""


def not_graded(what: Job | Submission, error: BaseException) -> Result:
    """The result of a submission on which something failed that should not."""
    if is_of_machine(error):
        return not_graded_here(what, f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}")
    first_line = (str(error).splitlines() or [""])[0][:200]
    name = what.name if isinstance(what, Job) else ""
    return refused(what.student, what.assignment, [f"it could not be graded: {type(error).__name__}: {first_line}"], name)


def not_graded_here(what: Job | Submission, why: str) -> Result:
    """The result of a submission at which this machine failed."""
    return Result(what.student, what.assignment, False, [f"{NOT_GRADED}{why}"], failure_of_machine=True)


def is_of_machine(error: BaseException) -> bool:
    """Whether an error says that the machine has no memory, no processes or no room, rather than anything of a submission."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOMEM, errno.EAGAIN, errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.EDQUOT)
    return isinstance(error, (MemoryError, SandboxError, NotGradedThere))


def refused(student: str, assignment: Assignment, remarks: list[str], name: str = "") -> Result:
    """The result of a submission that was not graded, with a page that says why and what to do."""
    page = {f"{assignment.notebook}.html": page_of_refusal(name or student, assignment.title, remarks)}
    return Result(student, assignment, False, remarks, feedback=page)
