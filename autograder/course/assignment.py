"""One assignment: its folder of sources and what ``assignment.toml`` says about it."""

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = "assignment.toml"
NOT_SHIPPED = {_FILE, "defence.toml", "writeups.toml"}


@dataclass(frozen=True)
class Exercise:
    """One row of the table of marks.

    Attributes
    ----------
    identifier, title
        Its key and its heading.
    cells
        ``grade_id`` of the graded cells that belong to it.
    """

    identifier: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """What the build and the grading know about an assignment.

    Attributes
    ----------
    identifier
        Name of its folder, nbgrader's assignment id.
    folder
        ``assignments/<identifier>``.
    title
        Heading for people.
    notebook
        Name of the notebook, without ``.ipynb``.
    due
        ISO date and time with offset.
    points
        Points of the code and of the write-ups.
    exercises
        In the order of the notebook.
    defence_points
        What the oral defence is worth. With none, its mark stands in the comment of its cell.
    canvas_id
        The number of the assignment in Canvas, where it has one.
    """

    identifier: str
    folder: Path
    title: str
    notebook: str
    due: str
    points: dict[str, float]
    exercises: tuple[Exercise, ...]
    defence_points: float = 0.0
    canvas_id: str = ""

    @property
    def master(self) -> Path:
        """The plain-text master."""
        return self.folder / f"{self.notebook}.md"

    @property
    def data_files(self) -> list[Path]:
        """Files of the folder that students receive as they are."""
        return sorted(
            path for path in self.folder.iterdir() if path.is_file() and path != self.master and path.name not in NOT_SHIPPED
        )


def read_assignments(root: Path) -> list[Assignment]:
    """All assignments of a course, by due date.

    Parameters
    ----------
    root
        The course: the folder that holds ``assignments/``.

    Raises
    ------
    ValueError
        If ``assignment.toml`` of a folder is missing or lacks an entry.
    """
    folders = sorted(path for path in (root / "assignments").iterdir() if path.is_dir())
    return sorted((_read(folder) for folder in folders), key=lambda assignment: (assignment.due, assignment.identifier))


def read_assignment(folder: Path) -> Assignment | None:
    """One assignment; ``None`` where its folder has no ``assignment.toml``, as with an assignment that nbgrader alone knows.

    Raises
    ------
    ValueError
        If ``assignment.toml`` lacks an entry.
    """
    try:
        return _read_once(folder, (folder / _FILE).stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=20)
def _read_once(folder: Path, _time: int) -> Assignment:
    """Read once for all pages, and again when the file is another."""
    return _read(folder)


def _read(folder: Path) -> Assignment:
    path = folder / _FILE
    if not path.exists():
        raise ValueError(f"{path} is missing: every folder of assignments/ needs one, with title, notebook, due and exercises.")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        exercises = tuple(
            Exercise(identifier, entry["title"], tuple(entry["cells"])) for identifier, entry in content["exercises"].items()
        )
        return Assignment(
            identifier=folder.name,
            folder=folder,
            title=content["title"],
            notebook=content["notebook"],
            due=str(content["due"]),
            points={key: float(value) for key, value in content["points"].items()},
            exercises=exercises,
            defence_points=_points_of_defence(path, content.get("defence_points", 0)),
            canvas_id=str(content.get("canvas_id", "")),
        )
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path} cannot be read: {error}.") from error
    except KeyError as error:
        raise ValueError(f"{path} lacks the entry {error.args[0]!r}.") from error


def _points_of_defence(path: Path, given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 <= given < math.inf:
        raise ValueError(f"{path}: defence_points is {given!r}; it is a number, 0 or more.")
    return float(given)
