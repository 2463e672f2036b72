"""Which class is graded: the submissions in ``submitted/``, or the sample class."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.course.build import files_of
from autograder.grading.gradebooks import NoGradebook, course_db_url, has_submissions, require_gradebook, sqlite_file


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
    own = ClassFolder("submitted", root / "submitted", course_db_url(root))
    if own.submitted.is_dir() and any(not path.name.startswith(".") for path in own.submitted.iterdir()):
        return own
    require_gradebook_of(own)
    if has_submissions(root, own.db_url):
        name = getattr(sqlite_file(own.db_url), "name", "the gradebook")
        raise GradingError(
            f"submitted/ holds no submissions, but {name} holds marks: put the submissions back, or move {name} "
            "away to grade the sample class."
        )
    sample = ClassFolder("sample", root / "submitted_sample", f"sqlite:///{root / 'gradebook_sample.db'}")
    original = root / "examples" / "submitted"
    say(f"submitted/ holds no submissions: grading the sample class of {original.relative_to(root)}/, copied to {sample.submitted.name}/.")
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
