"""The class list that `make import` was given: names, addresses, and the numbers by which learning management systems know a person.

nbgrader's gradebook has no place for more than one such number, so a copy of the list lies beside the submissions that were sorted by
it. A ``roster.csv`` in the folder of the course counts before it, so that ids can be added later.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.grading.inbox.names import folder_name, read_people

_NAMES = ("first_name", "last_name")
KEPT = ".roster.csv"
OWN = "roster.csv"
# As the column may be called, without capitals, blanks and signs.
MOODLE_ID, CANVAS_ID, SIS_USER_ID, SIS_LOGIN_ID, SECTION = "moodleid", "canvasid", "sisuserid", "sisloginid", "section"


def keep_roster(content: bytes, submitted: Path) -> None:
    """Keep a class list beside the submissions."""
    submitted.mkdir(exist_ok=True)
    (submitted / KEPT).write_bytes(content)


def people(root: Path, submitted: Path) -> dict[str, dict[str, str]]:
    """What is known of each person, by id: ``first_name``, ``last_name``, ``email`` and the numbers of systems.

    Raises
    ------
    ValueError
        If a class list cannot be read.
    """
    known: dict[str, dict[str, str]] = {}
    for path in (submitted / KEPT, root / OWN):
        if path.is_file():
            try:
                persons = read_people(path.read_bytes())
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from error
            for person in persons:
                known.setdefault(folder_name(person["id"]), {}).update({name: value for name, value in person.items() if value})
    return known


def put_names(gradebook: Gradebook, known: Mapping[str, Mapping[str, str]], students: Iterable[str]) -> None:
    """Give names to the students of whom the gradebook has none; those that it has stay.

    Formgrader, ``nbgrader export`` and the pages of feedback take names from the gradebook.

    Parameters
    ----------
    gradebook
        Is changed.
    known
        What the class list says, by id.
    students
        Those who handed something in.
    """
    there = {student.id: student for student in gradebook.students}
    for identifier in sorted(set(students) & set(known)):
        names = {name: known[identifier].get(name, "") for name in _NAMES}
        own = there.get(identifier)
        if any(names.values()) and not (own and (own.first_name or own.last_name)):
            gradebook.update_or_create_student(identifier, **names)
