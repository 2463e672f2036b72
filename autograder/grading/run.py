"""Grading a class: what ``make grade`` does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course.assignment import Assignment, read_assignments
from autograder.course.release import CellsChanged, load_config
from autograder.grading.by_hand import texts
from autograder.grading.changes import changes
from autograder.grading.classes import ClassFolder, GradingError, require_gradebook_of
from autograder.grading.crew import Crew, most_workers
from autograder.grading.extensions import Extensions
from autograder.grading.gradebooks import (
    for_workers,
    left_behind,
    open_gradebook,
    sqlite_file,
)
from autograder.grading.inbox.folder import Contents
from autograder.grading.inbox.importing import find_drops, import_submissions, read_wanted, roster_of_gradebook
from autograder.grading.isolated import WEAKER
from autograder.grading.lateness import Handed, handed_in
from autograder.grading.lateness import remarks as lateness
from autograder.grading.locks import Refused, one_run_at_a_time, require_unlocked, told
from autograder.grading.quickening import quicken
from autograder.grading.records import record
from autograder.grading.remarks import few
from autograder.grading.renewal import renew
from autograder.grading.report import report
from autograder.grading.results import Job, Result
from autograder.grading.standing import Standing, page_fingerprint, read_standing
from autograder.grading.state import State, course_fingerprint, fingerprint
from autograder.grading.submissions import Submission, find_submissions, foreign_files, printable, read_files
from autograder.grading.worker import read_job
from autograder.isolation.warm import SandboxError, WarmParent, require_bubblewrap


def grade(
    root: Path,
    which: ClassFolder,
    *,
    students: list[str] | None = None,
    again: bool = False,
    workers: int | None = None,
    parent: WarmParent | None = None,
    say: Callable[[str], None] = print,
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
    say
        Told of the progress, and of the marks in the end.

    Returns
    -------
    dict
        By ``"student/assignment"``, what should be known about a submission, a sentence each.

    Raises
    ------
    GradingError
        If there is nothing to grade, a student has no folder, or student code cannot be isolated.
    """
    gradebook = getattr(sqlite_file(which.db_url), "name", "the gradebook")
    try:
        with one_run_at_a_time(root, say), told(gradebook):
            require_unlocked(sqlite_file(which.db_url))
            require_gradebook_of(which)
            if which.name == "submitted" and (sentence := left_behind(root, which.db_url)):
                say(f"WARNING: {sentence}")
            return _grade(root, which, students, again, workers, parent, say)
    except Refused as error:
        raise GradingError(str(error)) from error


def _grade(root, which, students, again, workers, parent, say) -> dict[str, list[str]]:
    assignments = read_assignments(root)
    wanted = read_wanted(root, assignments)
    drops, strays = _take_over_drops(root, which, assignments, wanted, say)
    submissions, more = find_submissions(which.submitted, assignments, wanted, drops)
    strays += more
    _known_students(students, submissions, which)
    if students:
        submissions = [submission for submission in submissions if submission.student in students]
    extensions = Extensions(root, assignments)
    isolation = _isolation(root, say)
    quicken()
    state = State(root, which.name)
    if state.unreadable:
        say(f"{state.path.relative_to(root)} cannot be read, so everything is graded again; no mark is lost.")
    course = {assignment.identifier: course_fingerprint(root, assignment.identifier) for assignment in assignments}
    foreign = foreign_files(root, submissions)

    def contents(submission: Submission) -> Contents:
        return read_files(submission, foreign, course)

    marks = {
        _key(submission): fingerprint(contents(submission), course[submission.assignment.identifier]) for submission in submissions
    }
    new = [submission for submission in submissions if again or not state.is_current(_key(submission), marks[_key(submission)])]
    with Crew(root, workers or most_workers(), isolation, parent) as crew:
        # They get ready while the gradebook is told of the assignments.
        crew.grow(new)
        api = _gradebook(root, which, assignments)

        remarks: dict[str, list[str]] = {}
        changed: list[Submission] = []
        known: dict[str, Standing] = {}
        handed: dict[str, Handed] = {}
        before: dict[str, float] = {}
        after: dict[str, float] = {}
        failed: list[str] = []
        total, done = len(submissions), 0

        def look_up(submission: Submission) -> bool:
            """What the gradebook knows, and when the submission came; whether it is in the gradebook at all."""
            standing = _standing(api, submission)
            known[_key(submission)] = standing or Standing()
            extension = extensions.of(submission.student, submission.assignment, known[_key(submission)].handed.extension)
            handed[_key(submission)] = handed_in(submission.folder, known[_key(submission)].handed, extension)
            return standing is not None

        for submission in submissions:
            key = _key(submission)
            recorded = look_up(submission)
            before.update({key: known[key].code} if recorded else {})
            if submission in new or not recorded:
                changed.append(submission)
                continue
            remarks[key], done, marked = state.remarks(key), done + 1, known[key].marks
            if state.page(key) == page_fingerprint(marked, replace(known[key], handed=handed[key])):
                say(f"[{done:>{len(str(total))}}/{total}] {key}: unchanged")
                continue
            remarks[key] = remarks[key] + renew(root, api, submission, handed[key])
            state.record_page(key, page_fingerprint(marked, _standing(api, submission)))
            say(f"[{done:>{len(str(total))}}/{total}] {key}: graded already; its page was renewed, because its marks had changed")

        def read(submission: Submission) -> Job:
            key = _key(submission)
            look_up(submission)
            seen = known[key].seen(_texts(root, submission) or state.texts(key))
            return read_job(submission, known[key].marks, handed[key], seen, contents(submission))

        database = for_workers(root, which.db_url, assignments) if changed else b""
        by_key = {_key(submission): submission for submission in changed}
        for result in _isolated(crew.results(changed, read, database)):
            key, done = f"{result.student}/{result.assignment.identifier}", done + 1
            result.remarks = [printable(sentence) for sentence in few(result.remarks)]
            remarks[key] = result.remarks
            submission = by_key[key]
            if result.failure_of_machine:
                failed.append(key)
                say(f"[{done:>{len(str(total))}}/{total}] {key}: NOT GRADED, run again")
                continue
            marked = {} if result.graded else _texts(root, submission) or state.texts(key)
            if not result.graded and known[key].seen({}):
                result.remarks.append("what a person gave for an earlier submission still counts")
            record(root, api, result, handed[key])
            page = page_fingerprint(known[key].marks, _standing(api, submission))
            state.record(key, marks[key], result.remarks, page, marked)
            say(f"[{done:>{len(str(total))}}/{total}] {key}: {_outcome(result)}")
    for submission in submissions:
        standing = _standing(api, submission)
        if standing is None:
            continue
        after[_key(submission)] = standing.code
        remarks[_key(submission)] = remarks[_key(submission)] + lateness(submission.folder, standing.seconds_late, standing.penalty)
    report(root, api, assignments, submissions, remarks, strays, changes(before, after), say)
    if failed:
        many = len(failed) > 1
        raise GradingError(
            f"{', '.join(failed)} {'were' if many else 'was'} not graded, because this machine failed at {'them' if many else 'it'}, twice. "
            "Nothing of that is in the gradebook; run the command again, with less beside it on the machine."
        )
    return remarks


def _take_over_drops(root, which, assignments, wanted, say) -> tuple[list[Path], list[str]]:
    """Downloads of a learning management system that were put into the folder of the submissions as they are."""
    drops = find_drops(which.submitted)
    remarks: list[str] = []
    roster = roster_of_gradebook(which.db_url) if drops else None
    for drop in drops:
        remarks += import_submissions(drop, which.submitted, assignments, wanted, roster, say)
    return drops, remarks


def _standing(api: NbGraderAPI, submission: Submission) -> Standing | None:
    with api.gradebook as gradebook:
        return read_standing(gradebook, submission.assignment, submission.student)


def _texts(root: Path, submission: Submission) -> dict[str, str]:
    """Fingerprints of the texts that a person finds in Formgrader."""
    path = root / "autograded" / submission.student / submission.assignment.identifier / submission.notebook.name
    return texts(path.read_bytes()) if path.is_file() else {}


def _isolated(results: Iterator[Result]) -> Iterator[Result]:
    try:
        yield from results
    except SandboxError as error:
        raise GradingError(str(error)) from error


def _gradebook(root: Path, which: ClassFolder, assignments: list[Assignment]) -> NbGraderAPI:
    try:
        return open_gradebook(root, which.db_url, assignments)
    except CellsChanged:
        if which.name != "sample":
            raise
        # Whoever marked the sample class by hand did it to try.
        sqlite_file(which.db_url).unlink()
        quicken()
        return open_gradebook(root, which.db_url, assignments)


def _key(submission: Submission) -> str:
    return f"{submission.student}/{submission.assignment.identifier}"


def _isolation(root: Path, say: Callable[[str], None]) -> str:
    """The mode; says what a weaker one does not keep, and stops where the strong one cannot be had."""
    mode = load_config(root).IsolatedExecute.get("isolation", "bubblewrap")
    if mode in WEAKER:
        say(f"WARNING: {WEAKER[mode]}")
        return mode
    try:
        require_bubblewrap()
    except SandboxError as error:
        raise GradingError(str(error)) from error
    return mode


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


def _outcome(result: Result) -> str:
    if not result.graded:
        return "NOT GRADED"
    code = sum(grade.auto_score or 0 for name, grade in result.grades.items() if name.startswith("check_"))
    return f"{code:g} of {result.assignment.points['code']:g} points for code"
