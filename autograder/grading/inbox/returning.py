"""Under which name feedback on a submission goes back to the system that it came from; kept beside the submissions.

Moodle and Canvas tell by the names in a zip file of feedback whose each file is, and the numbers in these names stand nowhere but in
the download that was imported: Moodle's counts a participant of one assignment, and Canvas' second one counts the file that was
handed in.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.inbox.names import CANVAS, Origin, folder_name

MOODLE_SYSTEM, CANVAS_SYSTEM = "moodle", "canvas"
FILE = ".returns.json"
_FORMS = {
    MOODLE_SYSTEM: re.compile(r"[^/_]+_\d+_assignsubmission_file_", re.ASCII),
    CANVAS_SYSTEM: re.compile(r"(?!\d+_)[^/_]+(?:_LATE)?_\d+_\d+_", re.IGNORECASE | re.ASCII),
}


@dataclass(frozen=True)
class Return:
    """Where feedback on one submission goes.

    Attributes
    ----------
    system
        ``moodle`` or ``canvas``.
    name
        In Moodle's zip, the folder; in Canvas', what the name of the file begins with.
    """

    system: str
    name: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers by which the system knows whose it is."""
        return tuple(part for part in self.name.split("_") if part.isdecimal())


def return_of(origin: Origin, path: str) -> Return | None:
    """Where feedback on a file of a download goes; ``None`` where it came from no such system.

    Parameters
    ----------
    origin
        What names told of the file.
    path
        Of the file in the download.
    """
    # A name of digits alone would be taken for the number behind it.
    name = folder_name(origin.student).replace("_", " ")
    name = f"student {name}" if name.isdecimal() else name
    if origin.system == MOODLE_SYSTEM:
        return _sound(Return(MOODLE_SYSTEM, f"{name}_{origin.number}_assignsubmission_file_"))
    match = CANVAS.fullmatch(path.rsplit("/", 1)[-1])
    if origin.system == CANVAS_SYSTEM and match:
        return _sound(Return(CANVAS_SYSTEM, f"{name}{match['late'] or ''}_{match['number']}_{match['attachment']}_"))
    return None


def remember(submitted: Path, found: Mapping[str, Return]) -> None:
    """Keep where feedback goes, by ``"student/assignment"``, beside what is known of other submissions."""
    before = returns(submitted)
    if all(before.get(key) == each for key, each in found.items()):
        return
    known = {key: [each.system, each.name] for key, each in {**before, **found}.items()}
    new = submitted / f"{FILE}.new"
    new.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(new, submitted / FILE)


def returns(submitted: Path) -> dict[str, Return]:
    """What is known, by ``"student/assignment"``; nothing where the file is not there, or is none of ours."""
    try:
        content = json.loads((submitted / FILE).read_text(encoding="utf-8"))
        found = {key: _sound(Return(system, name)) for key, (system, name) in content.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {key: each for key, each in found.items() if each is not None}


def _sound(found: Return) -> Return | None:
    form = _FORMS.get(found.system)
    return found if form and isinstance(found.name, str) and form.fullmatch(found.name) else None
