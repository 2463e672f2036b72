"""From the instructor's folder to the student's, by nbgrader's own converter."""

import contextlib
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

from nbformat.warnings import MissingIDFieldWarning
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader


class CellsChanged(RuntimeError):
    """A gradebook holds submissions that were made with other cells; the message says what to do."""


CONFIG_FILE = "nbgrader_config.py"


def load_config(root: Path) -> Config:
    """The course's nbgrader configuration.

    Raises
    ------
    ValueError
        If the course has no ``nbgrader_config.py``.
    """
    if not (root / CONFIG_FILE).exists():
        raise ValueError(f"{root} holds no {CONFIG_FILE}: run this command in the folder of the course.")
    return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()


def nbgrader_api(root: Path, config: Config) -> NbGraderAPI:
    """nbgrader's interface for the course in ``root``."""
    config.CourseDirectory.root = str(root)
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def build_release(root: Path, source: Path, assignment_id: str, destination: Path) -> None:
    """Write the student's copy of ``source`` to ``destination``; the gradebook is left alone.

    Raises
    ------
    RuntimeError
        If nbgrader cannot make the release; the message is nbgrader's own report.
    """
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch)
        shutil.copytree(source, course / "source" / assignment_id)
        config = load_config(root)
        config.CourseDirectory.db_url = f"sqlite:///{course}/gradebook.db"
        generate(nbgrader_api(course, config), assignment_id)
        shutil.copytree(course / "release" / assignment_id, destination)


def generate(api: NbGraderAPI, assignment_id: str) -> None:
    """Run nbgrader's ``generate_assignment``, quietly unless it fails (``RuntimeError`` with its report)."""
    with quiet_nbgrader():
        result = api.generate_assignment(assignment_id, force=True)
    if not result["success"]:
        if "Cannot add or remove cells" in result.get("log", "") + result.get("error", ""):
            raise CellsChanged(
                f"the notebook of {assignment_id} has other cells than the gradebook's submissions were made with, and nbgrader "
                "cannot change them. Give the gradebook another name (mv gradebook.db old.db), or c.CourseDirectory.db_url another database; then "
                "`make carry FROM=old.db` carries roster, marks and comments over, and `make grade` grades anew."
            )
        raise RuntimeError(
            f"nbgrader could not make the release of {assignment_id}:\n{result.get('log', '')}{result.get('error', '')}"
        )


@contextlib.contextmanager
def quiet_nbgrader():
    """Keep nbgrader's log out of the terminal: its interface collects it and hands it back with the result."""
    previous = logging.root.manager.disable
    # Below WARNING only: the interface needs the errors that it captures.
    logging.disable(logging.INFO)
    try:
        with warnings.catch_warnings():
            # About how nbgrader 0.9 uses newer versions of its libraries; nothing that an instructor can act on.
            warnings.simplefilter("ignore", SAWarning)
            warnings.simplefilter("ignore", MissingIDFieldWarning)
            yield
    finally:
        logging.disable(previous)
