"""The program that grades on another machine: ``python -m autograder.grading.elsewhere.process FOLDER SCRATCH DESCRIPTOR``.

It reads submissions from its standard input and writes results to its standard output, and ends when the descriptor is closed at
its other end, be it because the process at that end died.
"""

import os
import pickle
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from autograder.course.course import Course
from autograder.files import files_of
from autograder.grading.elsewhere.bundle import COURSE_FOLDERS, GRADEBOOK
from autograder.grading.elsewhere.station import LENGTH, READY
from autograder.grading.inbox.importing import read_wanted
from autograder.grading.isolated import IsolatedExecute, assignment_folders
from autograder.grading.results import Job
from autograder.grading.worker import Plan, become_worker, grade_job
from autograder.sandbox.sandbox import started_parent
from autograder.sandbox.warm import SandboxError


def main() -> None:
    """Grade until the other end is closed."""
    folder, scratch, alive = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    # What a library prints is no part of an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    course = Course(folder)
    isolation = IsolatedExecute(config=course.config).isolation
    parent = None
    if isolation != "kernel":
        parent = started_parent(assignment_folders(folder / "source"), confined=isolation == "bubblewrap")
    become_worker(Plan(course, scratch, folder / GRADEBOOK, parent))
    known = {assignment.identifier: assignment for assignment in course.assignments}
    read_wanted(folder, course.assignments)
    there = _inventory(folder)
    _write(answers, READY)
    while (head := sys.stdin.buffer.read(LENGTH.size)) and len(head) == LENGTH.size:
        job: Job = pickle.loads(sys.stdin.buffer.read(LENGTH.unpack(head)[0]))
        # Its folder is another one here.
        result = grade_job(replace(job, assignment=known[job.assignment.identifier]))
        if not result.graded and _inventory(folder) != there:
            sys.exit("the files of the course were changed or removed on this machine")
        _write(answers, pickle.dumps(result))
    if parent is not None:
        parent.close()


def _inventory(folder: Path) -> dict[str, int]:
    """The sizes of the course's files: where one is missing, what was found of a submission says nothing of it."""
    files = (path for step in COURSE_FOLDERS for path in files_of(folder / step))
    return {str(path): path.stat().st_size for path in files}


def _write(answers: BinaryIO, answer: bytes) -> None:
    answers.write(LENGTH.pack(len(answer)) + answer)
    answers.flush()


def _end_with(descriptor: int) -> None:
    os.read(descriptor, 1)
    os._exit(1)


if __name__ == "__main__":
    try:
        main()
    except SandboxError as error:
        sys.exit(str(error))
