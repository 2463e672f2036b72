"""Grading a class: what ``make grade`` does."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.course.assignment import Assignment
from autograder.course.course import Course
from autograder.course.release import CellsChanged
from autograder.grading.changes import changes
from autograder.grading.class_pool import ClassPool, most_workers
from autograder.grading.class_results import NobodyGrades
from autograder.grading.class_run import ClassRun
from autograder.grading.classes import ClassFolder, GradingError, require_gradebook_of
from autograder.grading.elsewhere.remote_pool import RemotePool
from autograder.grading.extensions import Extensions
from autograder.grading.gradebooks import for_workers, left_behind, open_gradebook, sqlite_file
from autograder.grading.inbox.finding import Wanted
from autograder.grading.inbox.importing import find_drops, import_submissions, read_wanted, roster_of_gradebook
from autograder.grading.isolated import WEAKER, IsolatedExecute
from autograder.grading.locks import Refused, one_run_at_a_time, require_unlocked, told
from autograder.grading.patches.speedups import speed_up_nbgrader
from autograder.grading.report import Report, report
from autograder.grading.results import Result
from autograder.grading.roster import people, put_names
from autograder.grading.state import State
from autograder.grading.submissions import Submission, find_submissions, printable
from autograder.sandbox.warm import SandboxError, WarmParent, require_bubblewrap

Finish = Callable[[Path, ClassFolder, Gradebook, list[Assignment]], list[str]]


def grade(
    root: Path,
    which: ClassFolder,
    *,
    students: list[str] | None = None,
    again: bool = False,
    workers: int | None = None,
    parent: WarmParent | None = None,
    executor: Executor | None = None,
    say: Callable[[str], None] = print,
    finish: Finish | None = None,
) -> dict[str, list[str]]:
    """Grade every submission of a class that is new or has changed, several at a time.

    Parameters
    ----------
    root
        The course; receives ``autograded/``, ``feedback/`` and ``grades.csv``.
    which
        The class.
    students
        Grade only these.
    again
        Grade unchanged submissions, too.
    workers
        Processes that grade; one for each processor if not given.
    parent
        A warm parent of sandboxes that was started ahead.
    executor
        Grades in the place of this machine's own processes, wherever the installed package is; the caller shuts it down.
    say
        Told of the progress, and of the marks in the end.
    finish
        What else is made of the marks, when all of them are in the gradebook, and what there is to say of it.

    Returns
    -------
    dict
        By ``"student/assignment"``, what should be known about a submission, a sentence each.

    Raises
    ------
    GradingError
        If there is nothing to grade, a student has no folder, or student code cannot be isolated.
    """
    course = Course(root)
    gradebook = getattr(sqlite_file(which.db_url), "name", "the gradebook")
    try:
        with one_run_at_a_time(root, say), told(gradebook):
            require_unlocked(sqlite_file(which.db_url))
            require_gradebook_of(which)
            if which.name == "submitted" and (sentence := left_behind(course, which.db_url)):
                say(f"WARNING: {sentence}")
            pool: ClassPool | RemotePool
            _say_what_is_weaker(course, say)
            if executor is None:
                _require_isolation(course)
                pool = ClassPool(course, workers or most_workers(), parent)
            else:
                pool = RemotePool(course, executor, workers or most_workers())
            return _grade(course, which, students, again, pool, say, finish)
    except Refused as error:
        raise GradingError(str(error)) from error


def _grade(
    course: Course,
    which: ClassFolder,
    students: list[str] | None,
    again: bool,
    started: ClassPool | RemotePool,
    say: Callable[[str], None],
    finish: Finish | None,
) -> dict[str, list[str]]:
    submissions, strays = _submissions(course, which, students, say)
    extensions = Extensions(course.root, course.assignments)
    speed_up_nbgrader(say=say)
    state = State(course.root, which.name)
    if state.unreadable:
        say(f"{state.path.relative_to(course.root)} cannot be read, so everything is graded again; no mark is lost.")
    run = ClassRun(course, submissions, extensions, state, again, say)
    with started as pool:
        # They get ready while the gradebook is told of the assignments.
        pool.grow(run.new)
        api = _gradebook(course, which)
        _name_students(course, which, api, submissions)
        changed = run.to_grade(api)
        database = for_workers(course, which.db_url) if changed else b""
        by_key = {submission.key: submission for submission in changed}
        for result in _isolated(pool.results(changed, partial(run.read, api), database, say)):
            run.take(api, by_key[result.key], result)
    run.finish(api)
    report(Report(course, api, submissions, run.remarks, strays, changes(run.before, run.after)), say)
    if finish is not None:
        with api.gradebook as gradebook:
            for sentence in finish(course.root, which, gradebook, course.assignments):
                say(printable(sentence))
    if run.failed:
        many = len(run.failed) > 1
        raise GradingError(
            f"{', '.join(run.failed)} {'were' if many else 'was'} not graded, because this machine failed at "
            f"{'them' if many else 'it'}, twice. "
            "Nothing of that is in the gradebook; run the command again, with less beside it on the machine."
        )
    return run.remarks


def _submissions(
    course: Course, which: ClassFolder, students: list[str] | None, say: Callable[[str], None]
) -> tuple[list[Submission], list[str]]:
    """The submissions of a class, or of some students, and a sentence for everything that is none."""
    wanted = read_wanted(course.root, course.assignments)
    drops, strays = _take_over_drops(course, which, wanted, say)
    submissions, more = find_submissions(which.submitted, course.assignments, wanted, drops)
    _known_students(students, submissions, which)
    if students:
        submissions = [submission for submission in submissions if submission.student in students]
    return submissions, strays + more


def _take_over_drops(
    course: Course, which: ClassFolder, wanted: dict[str, Wanted], say: Callable[[str], None]
) -> tuple[list[Path], list[str]]:
    """Downloads of a learning management system that were put into the folder of the submissions as they are."""
    drops = find_drops(which.submitted)
    remarks: list[str] = []
    roster = roster_of_gradebook(which.db_url) if drops else None
    for drop in drops:
        remarks += import_submissions(drop, which.submitted, course.assignments, wanted, roster, say)
    return drops, remarks


def _name_students(course: Course, which: ClassFolder, api: NbGraderAPI, submissions: list[Submission]) -> None:
    # A class list that cannot be read is told of where the tables are written.
    with contextlib.suppress(ValueError), api.gradebook as gradebook:
        put_names(gradebook, people(course.root, which.submitted), (submission.student for submission in submissions))


def _isolated(results: Iterator[Result]) -> Iterator[Result]:
    try:
        yield from results
    except (SandboxError, NobodyGrades) as error:
        raise GradingError(str(error)) from error


def _gradebook(course: Course, which: ClassFolder) -> NbGraderAPI:
    try:
        return open_gradebook(course, which.db_url, course.assignments)
    except CellsChanged:
        file = sqlite_file(which.db_url)
        if which.name != "sample" or file is None:
            raise
        # Whoever marked the sample class by hand did it to try.
        file.unlink()
        speed_up_nbgrader()
        return open_gradebook(course, which.db_url, course.assignments)


def _say_what_is_weaker(course: Course, say: Callable[[str], None]) -> None:
    mode = IsolatedExecute(config=course.config).isolation
    if mode in WEAKER:
        say(f"WARNING: {WEAKER[mode]}")


def _require_isolation(course: Course) -> None:
    """Stop where this machine does not have the strong mode, and that is asked for."""
    if IsolatedExecute(config=course.config).isolation in WEAKER:
        return
    try:
        require_bubblewrap()
    except SandboxError as error:
        raise GradingError(str(error)) from error


def _known_students(students: list[str] | None, submissions: list[Submission], which: ClassFolder) -> None:
    present = sorted({submission.student for submission in submissions})
    unknown = [student for student in students or [] if student not in present]
    if unknown:
        raise GradingError(
            f"{unknown[0]} has no submission in {which.submitted.name}/. There are submissions of: {', '.join(present) or 'nobody'}."
        )
    if not submissions:
        raise GradingError(
            f"{which.submitted.name}/ holds no submission: it needs a folder for each student, and in it a folder for each assignment."
        )
