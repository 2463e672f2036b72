"""What ``make carry`` does: finds both gradebooks, and carries the class over."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.engine import make_url

from autograder.course.course import Course
from autograder.course.release import quiet_nbgrader
from autograder.grading.carry import carry
from autograder.grading.gradebooks import open_gradebook, require_gradebook, sqlite_file
from autograder.grading.locks import one_run_at_a_time, require_unlocked, told
from autograder.grading.patches.speedups import speed_up_nbgrader


def carry_over(root: Path, source: str, say: Callable[[str], None] = print) -> list[str]:
    """Carry the class of another gradebook into that of the course.

    Parameters
    ----------
    root
        The course.
    source
        The other gradebook: a file, as seen from here or from the course, or an address.
    say
        Told where this has to wait.

    Returns
    -------
    list[str]
        What was carried, and what was not.

    Raises
    ------
    ValueError
        If there is no such gradebook, or if it is the course's own.
    """
    db_url = source if "://" in source else f"sqlite:///{_file(root, source)}"
    course = Course(root)
    target = course.db_url
    if make_url(db_url) == make_url(target) or _same(sqlite_file(db_url), sqlite_file(target)):
        raise ValueError(f"{source} is the gradebook of the course. Give it another name first, and name that one.")
    with one_run_at_a_time(root, say), told("the gradebook"), quiet_nbgrader():
        for url in (db_url, target):
            require_unlocked(sqlite_file(url))
            require_gradebook(url)
        speed_up_nbgrader()
        api = open_gradebook(course, target, course.assignments)
        with tempfile.TemporaryDirectory() as scratch:
            file = sqlite_file(db_url)
            if file is not None:
                # nbgrader writes into every gradebook that it opens.
                db_url = f"sqlite:///{shutil.copy(file, scratch)}"
            with Gradebook(db_url, api.coursedir.course_id) as old, api.gradebook as new:
                return carry(old, new).sentences()


def _file(root: Path, source: str) -> Path:
    for path in (Path(source).expanduser().resolve(), root / source):
        if path.is_file():
            return path
    raise ValueError(f"there is no gradebook {source!r}: make carry FROM=old.db")


def _same(first: Path | None, second: Path | None) -> bool:
    return first is not None and second is not None and first.resolve() == second.resolve()
