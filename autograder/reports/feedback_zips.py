"""The pages of feedback of a class as one zip file, in the layout in which Moodle and Canvas take them back.

- Moodle ("Upload multiple feedback files in a zip", a grading action of an assignment whose feedback types include feedback files):
  a folder ``<Full name>_<participant id>_assignsubmission_file_`` for each person, as in "Download all submissions". The importer
  (``mod/assign/feedback/file/importziplib.php`` of Moodle) takes names apart at ``_`` and tells the person by the second part,
  which counts the participants of one assignment; RWTH Aachen's page "Preparing the Assignment" (RWTHmoodle) describes how such a
  zip is made. A folder whose number it does not know is left out without a word.
- Canvas ("Upload Submissions" on the page of an assignment, after "Download Submissions"): the names of the submissions that were
  downloaded, ``<name>_<user>_<attachment>_<file>``. Canvas (``Assignment#generate_comments_from_files`` in ``app/models/assignment.rb``)
  takes the first two parts that are numbers, and leaves out a file of which either is unknown. What is behind them is free, so the
  file is called by what it is, a page; Canvas may show it under the name of the submission.

The numbers come from the download that was imported. Both systems take pages that come without them one by one only, so such a page
is left out and named. Where nobody's number is known, the zip has a folder for each student, named by the id, for people.
"""

import os
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.grading.inbox.returning import CANVAS_SYSTEM, MOODLE_SYSTEM, Return

# Most of a page are fonts and pictures, which cannot be made smaller: more than the least effort would take longer for a tenth.
_EFFORT = 1
_NEVER = (1980, 1, 1, 0, 0, 0)
_NAMED = 20


def write_feedback_zips(
    root: Path, folder: Path, assignment: Assignment, students: Sequence[str], known: Mapping[str, Return]
) -> list[str]:
    """Write the zip files of an assignment, each whole or not at all.

    Parameters
    ----------
    root
        The course, with the pages in its folder ``feedback/``.
    folder
        Receives ``feedback-<assignment>-moodle.zip``, ``feedback-<assignment>-canvas.zip``, or, where no number is known,
        ``feedback-<assignment>.zip``; those of an earlier run that are not written now are removed.
    assignment
        The assignment.
    students
        Those who handed it in.
    known
        Where feedback goes, by ``"student/assignment"``.

    Returns
    -------
    list[str]
        Who is in none of them, in one sentence.
    """
    identifier, name = assignment.identifier, f"{assignment.notebook}.html"
    pages = {student: root / "feedback" / student / identifier / name for student in students}
    pages = {student: page for student, page in sorted(pages.items()) if page.is_file()}
    ways = _unambiguous({student: known[f"{student}/{identifier}"] for student in pages if f"{student}/{identifier}" in known})
    plain = folder / f"feedback-{identifier}.zip"
    files = {plain: {f"{student}/{name}": page for student, page in pages.items()} if not ways else {}}
    moodle = {student: way for student, way in ways.items() if way.system == MOODLE_SYSTEM}
    canvas = {student: way for student, way in ways.items() if way.system == CANVAS_SYSTEM}
    files[folder / f"feedback-{identifier}-moodle.zip"] = {f"{way.name}/{name}": pages[each] for each, way in moodle.items()}
    # Canvas leaves out a file whose last part begins with "link".
    shown = f"feedback-{name.replace('_', '-')}"
    files[folder / f"feedback-{identifier}-canvas.zip"] = {f"{way.name}{shown}": pages[each] for each, way in canvas.items()}
    for path, entries in files.items():
        if entries:
            _write(path, entries)
        else:
            path.unlink(missing_ok=True)
    if not ways:
        why = "no download of Moodle or Canvas with these submissions was imported, so its folders are named by the students' ids"
        return [f"{folder.name}/{plain.name}: {why}."] if pages else []
    missing = [student for student in pages if student not in ways]
    return [_missing(assignment, missing)] if missing else []


def _missing(assignment: Assignment, students: Sequence[str]) -> str:
    more = f" and {len(students) - _NAMED} more" if len(students) > _NAMED else ""
    return (
        f"The feedback on {assignment.title} that goes back to Moodle or Canvas lacks {', '.join(students[:_NAMED])}{more}: no download "
        "with their submissions was imported, so that the numbers of these systems are not known."
    )


def _unambiguous(ways: Mapping[str, Return]) -> dict[str, Return]:
    """The ways by which exactly one student is told: of two who share one, neither gets the other's page."""
    # The first number is the person's; by that alone a system may decide.
    counts = Counter((way.system, way.numbers[0]) for way in ways.values())
    return {student: way for student, way in ways.items() if counts[way.system, way.numbers[0]] == 1}


def _write(path: Path, pages: Mapping[str, Path]) -> None:
    """Write a zip file, unless it holds these pages already; the same pages make the same file."""
    if _holds(path, pages):
        return
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", suffix=".zip", delete=False) as new:
        pass
    try:
        with zipfile.ZipFile(new.name, "w") as archive:
            for name, page in sorted(pages.items()):
                entry = zipfile.ZipInfo(name, _NEVER)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, page.read_bytes(), compresslevel=_EFFORT)
        os.chmod(new.name, 0o644)
        os.replace(new.name, path)
    finally:
        Path(new.name).unlink(missing_ok=True)


def _holds(path: Path, pages: Mapping[str, Path]) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            there = {entry.filename: (entry.file_size, entry.CRC) for entry in archive.infolist()}
    except (OSError, zipfile.BadZipFile):
        return False
    if {name: size for name, (size, _) in there.items()} != {name: page.stat().st_size for name, page in pages.items()}:
        return False
    return all(zlib.crc32(page.read_bytes()) == there[name][1] for name, page in pages.items())
