"""The two classes of a course: its own, in ``submitted/``, and, until there is one, the sample class, aside.

``nbgrader_config.py`` reads :data:`CLASS_VARIABLE`, by which formgrader and the commands of nbgrader are told to take the second.
"""

import os
import sys
from pathlib import Path

from autograder.grading.gradebooks import course_db_url, has_submissions

CLASS_VARIABLE = "COURSE_CLASS"
SAMPLE_SUBMITTED = "submitted_sample"
SAMPLE_GRADEBOOK = "gradebook_sample.db"


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
    if holds_submissions(root / "submitted") or has_submissions(root, course_db_url(root)):
        return "submitted"
    if (root / SAMPLE_GRADEBOOK).exists():
        return "sample"
    raise NothingGraded("Nothing is graded yet: run `make grade` first.")


def open_formgrader(root: Path, options: list[str]) -> None:
    """Become a JupyterLab at formgrader's page, with the class that ``make grade`` grades; ``options`` are Jupyter's own."""
    environment = {**os.environ, CLASS_VARIABLE: class_to_mark(root)}
    os.chdir(root)
    # nbgrader_config.py is found in the folder in which Jupyter starts.
    os.execve(sys.executable, [sys.executable, "-m", "jupyterlab", "--LabApp.default_url=/formgrader", *options], environment)
