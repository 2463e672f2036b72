"""The two classes of a course: its own, in ``submitted/``, and, until there is one, the sample class, aside.

``nbgrader_config.py`` reads :data:`CLASS_VARIABLE`, by which formgrader and the commands of nbgrader are told to take the second.
"""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.files import files_of
from autograder.grading.gradebooks import NoGradebook, has_submissions, require_gradebook, sqlite_file

CLASS_VARIABLE = "COURSE_CLASS"
SAMPLE_SUBMITTED = "submitted_sample"
SAMPLE_GRADEBOOK = "gradebook_sample.db"


class GradingError(RuntimeError):
    """The run could not do its work; the message says why and what to do."""


@dataclass(frozen=True)
class ClassFolder:
    """Where a class's submissions and marks lie.

    Attributes
    ----------
    name
        ``"submitted"`` or ``"sample"``.
    submitted
        Folder of the submissions.
    db_url
        The gradebook, as nbgrader's ``CourseDirectory.db_url``.
    """

    name: str
    submitted: Path
    db_url: str


def choose_class(root: Path, say: Callable[[str], None] = print) -> ClassFolder:
    """The class in ``submitted/``, or, where there is none, the sample class, copied aside.

    Raises
    ------
    GradingError
        If ``submitted/`` is empty although its gradebook already holds marks: grading the sample class would then put its
        results in the place of theirs.
    """
    course = Course(root)
    own = ClassFolder("submitted", root / "submitted", course.db_url)
    if holds_submissions(own.submitted):
        return own
    require_gradebook_of(own)
    if has_submissions(course, own.db_url):
        name = getattr(sqlite_file(own.db_url), "name", "the gradebook")
        raise GradingError(
            f"submitted/ holds no submissions, but {name} holds marks: put the submissions back, or move {name} "
            "away to grade the sample class."
        )
    sample = _sample(root)
    original = root / "examples" / "submitted"
    say(
        f"submitted/ holds no submissions: grading the sample class of {original.relative_to(root)}/, copied to {sample.submitted.name}/."
    )
    _copy_changed(original, sample.submitted)
    return sample


def require_gradebook_of(which: ClassFolder) -> None:
    """Raise :class:`GradingError` where a class's gradebook cannot be opened."""
    try:
        require_gradebook(which.db_url)
    except NoGradebook as error:
        raise GradingError(str(error)) from error


def _copy_changed(original: Path, copy: Path) -> None:
    for path in files_of(original):
        target = copy / path.relative_to(original)
        if not target.exists() or target.read_bytes() != path.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


class NothingGraded(RuntimeError):
    """There is no class to mark yet; the message says what to do."""


def holds_submissions(submitted: Path) -> bool:
    """Whether a folder of submissions holds any."""
    return submitted.is_dir() and any(not path.name.startswith(".") for path in submitted.iterdir())


def class_to_mark(root: Path) -> str:
    """``"submitted"`` or ``"sample"``, whichever ``make grade`` grades.

    Raises
    ------
    NothingGraded
        If there is no submission, and the sample class was not graded.
    """
    course = Course(root)
    if holds_submissions(root / "submitted") or has_submissions(course, course.db_url):
        return "submitted"
    if (root / SAMPLE_GRADEBOOK).exists():
        return "sample"
    raise NothingGraded("Nothing is graded yet: run `make grade` first.")


def marked_class(root: Path) -> ClassFolder:
    """The class of :func:`class_to_mark`."""
    if class_to_mark(root) == "submitted":
        return ClassFolder("submitted", root / "submitted", Course(root).db_url)
    return _sample(root)


def _sample(root: Path) -> ClassFolder:
    return ClassFolder("sample", root / SAMPLE_SUBMITTED, f"sqlite:///{root / SAMPLE_GRADEBOOK}")


def open_formgrader(root: Path, options: list[str]) -> None:
    """Become a JupyterLab at formgrader's page, with the class that ``make grade`` grades; ``options`` are Jupyter's own."""
    environment = {**os.environ, CLASS_VARIABLE: class_to_mark(root)}
    os.chdir(root)
    # nbgrader_config.py is found in the folder in which Jupyter starts.
    os.execve(sys.executable, [sys.executable, "-m", "jupyterlab", "--LabApp.default_url=/formgrader", *options], environment)
