"""Grading one submission: from its bytes to a result that could have been made on another machine.

A worker has a course folder of its own, with a copy of the gradebook, and runs nbgrader in it; and it has a sandbox of its own. Nothing is written anywhere
else; :mod:`autograder.grading.records` puts results into the real gradebook.
"""

import contextlib
import ctypes
import gc
import os
import resource
import shutil
import signal
import tempfile
import time
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path

import nbformat
from nbgrader.api import Comment, Grade
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course.course import Course
from autograder.course.release import nbgrader_api, quiet_nbgrader
from autograder.course.student_wheel import WHEEL
from autograder.files import files_of
from autograder.grading.by_hand import Seen, texts
from autograder.grading.gradebooks import rows
from autograder.grading.inbox.finding import Wanted
from autograder.grading.inbox.folder import Contents
from autograder.grading.inbox.importing import read_wanted
from autograder.grading.inbox.repair import NoNotebook
from autograder.grading.inbox.stage import take
from autograder.grading.isolated import IsolatedExecute, WorkerSandbox
from autograder.grading.kept_reports import FILE as KEPT_REPORTS
from autograder.grading.lateness import UNKNOWN, Handed, read_penalty
from autograder.grading.patches.one_session import one_session
from autograder.grading.patches.speedups import speed_up_nbgrader
from autograder.grading.patterns import pattern_of
from autograder.grading.reading import keep_reports_in
from autograder.grading.remarks import of_inbox, of_run, to_ask
from autograder.grading.results import CellGrade, Job, Mark, Result, is_of_machine, not_graded, refused
from autograder.grading.standing import name_of
from autograder.grading.submissions import Submission, read_files
from autograder.grading.work import work_of
from autograder.pages.page import FeedbackExporter
from autograder.sandbox.confinement import lower
from autograder.sandbox.warm import WarmParent

PR_SET_PDEATHSIG = 1
# Of addresses; a worker uses a tenth of it.
MAXIMAL_MEMORY = 4 << 30
# To look for garbage in the middle of one, again and again, takes a twentieth of a worker's time. What a submission leaves is young:
# to look through what is kept for all of them takes a fifth of that time, and is seldom worth it.
SUBMISSIONS_PER_COLLECTION = 10
SUBMISSIONS_PER_FULL_COLLECTION = 200
YOUNG = 0
# In bytes. What made such a page took a hundred times as much, and the next submission needs the room.
LARGE_RESULT = 5_000_000


def read_job(
    submission: Submission,
    by_hand: dict[str, Mark] | None = None,
    handed: Handed = UNKNOWN,
    seen: dict[str, Seen] | None = None,
    contents: Contents | None = None,
) -> Job:
    """Read a submission's folder: see :func:`autograder.grading.inbox.folder.read_folder`."""
    contents = read_files(submission) if contents is None else contents
    return Job(submission.student, submission.assignment, contents, by_hand or {}, handed, seen or {})


@dataclass(frozen=True)
class Plan:
    """What a worker begins with.

    Attributes
    ----------
    course
        Its configuration and ``source/`` are used, nothing in it is written.
    scratch
        The folder in which the worker makes one of its own.
    database
        A file, there when the first submission comes: an SQLite gradebook that knows the assignments.
    parent
        The warm parent of which the worker asks a copy for its sandbox; ``None`` where there is no sandbox.
    processor
        The only one that the worker runs on; ``None`` for any.
    """

    course: Course
    scratch: Path
    database: Path
    parent: WarmParent | None = None
    processor: int | None = None


class Worker:
    """What one process grades with: a course folder, and a sandbox.

    Parameters
    ----------
    plan
        What it begins with.
    """

    def __init__(self, plan: Plan):
        self._course, self._database = plan.course, plan.database
        self._folder = Path(tempfile.mkdtemp(dir=plan.scratch))
        # Asked for here and by nobody else: no other process holds the line, so it ends when this process dies.
        self._sandbox = WorkerSandbox(None if plan.parent is None else plan.parent.copy(plan.processor))
        self._graded = count(1)

    def warm_up(self, assignment_id: str) -> None:
        """Render the instructor's cells, which are in every page of feedback; they are kept. What is wrong with them comes up later."""
        with contextlib.suppress(Exception), quiet_nbgrader():
            for notebook in (self._course.root / "solutions" / assignment_id).glob("*.ipynb"):
                solved = nbformat.read(notebook, as_version=4)
                # What is handed in does not say its language: code is set as an IPython cell's, and kept as that.
                solved.metadata.pop("language_info", None)
                FeedbackExporter(config=self._course.config).from_notebook_node(solved)

    @cached_property
    def _wanted(self) -> dict[str, Wanted]:
        return read_wanted(self._course.root, self._course.assignments)

    @cached_property
    def _api(self) -> NbGraderAPI:
        """nbgrader's interface to the folder, which is made when the first submission comes."""
        for step in ("source", "release"):
            (self._folder / step).symlink_to(self._course.root / step)
        shutil.copyfile(self._database, self._folder / "gradebook.db")
        config = self._course.config_with(f"sqlite:///{self._folder}/gradebook.db")
        config.IsolatedExecute.worker_sandbox = self._sandbox
        if IsolatedExecute(config=config).isolation != "kernel":
            # Cells run beside the course's own copy: the wheel is not copied here for every submission.
            config.CourseDirectory.ignore = [*CourseDirectory(config=config).ignore, WHEEL]
        # What was imported is looked through by no collection of garbage any more; and submissions leave little of it.
        gc.freeze()
        gc.disable()
        return nbgrader_api(self._folder, config)

    def grade(self, job: Job) -> Result:
        """Grade one submission; whatever it does ends up in the result."""
        identifier, begun = job.assignment.identifier, time.monotonic()
        try:
            others = [each for name, each in self._wanted.items() if name != identifier]
            taken = take(job.contents.files, job.contents.times, self._wanted[identifier], others)
            _write(self._folder / "submitted" / job.student / identifier, taken.files)
            return self._run(job, [*job.contents.remarks, *taken.remarks], begun)
        except NoNotebook as error:
            return refused(job.student, job.assignment, [*job.contents.remarks, str(error)], job.name)
        except Exception as error:
            # Whatever a submission does to the graders' own code, it does to itself alone.
            return not_graded(job, error)
        finally:
            for step in ("submitted", "autograded", "feedback"):
                shutil.rmtree(self._folder / step, ignore_errors=True)

    def tidy(self, result: Result) -> None:
        """Collect garbage now and then, and after a large result."""
        large = sum(map(len, (*result.feedback.values(), *result.autograded.values()))) > LARGE_RESULT
        graded = next(self._graded)
        if graded % SUBMISSIONS_PER_FULL_COLLECTION == 0 or large:
            gc.collect()
        elif graded % SUBMISSIONS_PER_COLLECTION == 0:
            gc.collect(YOUNG)

    def _run(self, job: Job, remarks: list[str], begun: float) -> Result:
        identifier, notebook = job.assignment.identifier, f"{job.assignment.notebook}.ipynb"
        result = Result(job.student, job.assignment, True, remarks)
        with quiet_nbgrader(), one_session():
            self._put_in_what_is_known(job)
            report = _checked(self._api.autograde(identifier, pattern_of(job.student), force=True))
            if not report["success"]:
                if (error := self._sandbox.failure) is not None and is_of_machine(error):
                    return not_graded(job, error)
                said = [*remarks, f"the notebook could not be run: {last_line(report)}"]
                return refused(job.student, job.assignment, said, job.name)
            self._read_grades(result, job.seen)
            result.penalty = read_penalty(self._api, job.assignment, job.student)
            feedback = _checked(self._api.generate_feedback(identifier, pattern_of(job.student), force=True))
            if not feedback["success"]:
                result.remarks.append(f"graded, but its feedback could not be written: {last_line(feedback)}")
        autograded = self._folder / "autograded" / job.student / identifier
        result.autograded = _read(autograded)
        result.feedback = _read(self._folder / "feedback" / job.student / identifier)
        graded = nbformat.reads(result.autograded[notebook].decode(), as_version=4)
        result.remarks += [*of_inbox(graded), *of_run(graded), *to_ask(graded)]
        points = {name: grade.auto_score for name, grade in result.grades.items()}
        source = self._course.root / "source" / identifier
        work = work_of(job.student, job.assignment, graded, result.remarks, points, source)
        result.work = replace(work, seconds=round(time.monotonic() - begun, 2)).to_json()
        return result

    def _put_in_what_is_known(self, job: Job) -> None:
        """Tell this worker's gradebook what a person found and when the submission came: the penalty and the feedback depend on both."""
        with self._api.gradebook as gradebook:
            student = gradebook.update_or_create_student(job.student)
            # A gradebook on a server is not copied for workers.
            if job.name and name_of(student) != job.name:
                student.first_name, student.last_name = None, job.name
            identifier, handed = job.assignment.identifier, job.handed
            gradebook.update_or_create_submission(identifier, job.student, timestamp=handed.timestamp, extension=handed.extension)
            own = gradebook.find_submission_notebook(job.assignment.notebook, identifier, job.student)
            for grade, name in rows(gradebook, Grade, own):
                mark = job.by_hand.get(name, Mark())
                grade.manual_score, grade.extra_credit = mark.manual_score, mark.extra_credit
            for comment, name in rows(gradebook, Comment, own):
                comment.manual_comment = job.by_hand.get(name, Mark()).comment
            gradebook.db.commit()

    def _read_grades(self, result: Result, seen: dict[str, Seen]) -> None:
        """Read what nbgrader found, and say what a person has to look at again."""
        place = self._folder / "autograded" / result.student / result.assignment.identifier / f"{result.assignment.notebook}.ipynb"
        now = texts(place.read_bytes()) if seen else {}
        with self._api.gradebook as gradebook:
            own = gradebook.find_submission_notebook(result.assignment.notebook, result.assignment.identifier, result.student)
            for grade, name in rows(gradebook, Grade, own):
                if name in seen:
                    grade.needs_manual_grade = seen[name].waits_now(now.get(name), grade.auto_score)
                result.grades[name] = CellGrade(grade.auto_score, grade.needs_manual_grade)
            for comment, name in rows(gradebook, Comment, own):
                result.comments[name] = comment.auto_comment
            gradebook.db.commit()


# That of this process, which lives as long as the process does.
_worker: ContextVar[Worker] = ContextVar("worker")


def start_worker(plan: Plan) -> None:
    """Make this process, a fork of the run's, a worker; it ends with the run, however the run ends."""
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    become_worker(plan)


def become_worker(plan: Plan) -> None:
    """Make this process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if plan.processor is not None:
        os.sched_setaffinity(0, {plan.processor})
    speed_up_nbgrader(lasting=False)
    keep_reports_in(plan.course.root / KEPT_REPORTS)
    _worker.set(Worker(plan))
    if plan.parent is not None:
        # A kernel's process would inherit it.
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (lower(MAXIMAL_MEMORY, hard), hard))


def warm_up(assignment_id: str) -> None:
    """As :meth:`Worker.warm_up`, in this process."""
    _worker.get().warm_up(assignment_id)


def grade_job(job: Job) -> Result:
    """As :meth:`Worker.grade`, in this process."""
    worker = _worker.get()
    result = worker.grade(job)
    worker.tidy(result)
    return result


def last_line(report: dict) -> str:
    """The reason at the end of nbgrader's report."""
    lines = (report.get("error") or report.get("log") or "no reason was given").strip().splitlines()
    return lines[-1][:200]


def _checked(report: dict) -> dict:
    # nbgrader's interface turns every exception into a report, the one that asks the run to stop included.
    if not report["success"] and "KeyboardInterrupt" in report.get("error", "").splitlines()[-1:]:
        raise KeyboardInterrupt
    return report


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _read(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in files_of(folder)} if folder.exists() else {}
