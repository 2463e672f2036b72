"""Grading a class: what ``make grade`` does."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin

from autograder.course.assignment import Assignment, read_assignments
from autograder.course.build import files_of
from autograder.course.release import generate, load_config, nbgrader_api, quiet_nbgrader
from autograder.grading.marks import read_marks, table
from autograder.grading.submissions import Submission, cannot_be_read, find_submissions, remarks_after, remarks_before

STATE_FILE = ".graded.json"


class GradingError(RuntimeError):
    """The run could not do its work; the message says why and what to do."""


@dataclass(frozen=True)
class ClassFolder:
    """Where a class's submissions and marks lie.

    Attributes
    ----------
    name
        ``"submitted"`` or ``"sample"``.
    submitted
        Folder of the submissions.
    database
        File of the gradebook.
    """

    name: str
    submitted: Path
    database: Path


def choose_class(root: Path, say: Callable[[str], None] = print) -> ClassFolder:
    """The class in ``submitted/``, or, where there is none, the sample class, copied aside.

    Raises
    ------
    GradingError
        If ``submitted/`` is empty although its gradebook already holds marks: grading the sample class would then put its
        results in the place of theirs.
    """
    own = ClassFolder("submitted", root / "submitted", root / "gradebook.db")
    if own.submitted.is_dir() and any(path.is_dir() for path in own.submitted.iterdir() if not path.name.startswith(".")):
        return own
    if own.database.exists() and _has_submissions(own.database):
        raise GradingError(
            "submitted/ holds no submissions, but gradebook.db holds marks: put the submissions back, or move gradebook.db "
            "away to grade the sample class."
        )
    sample = ClassFolder("sample", root / "submitted_sample", root / "gradebook_sample.db")
    original = root / "examples" / "submitted"
    say(f"submitted/ holds no submissions: grading the sample class of {original.relative_to(root)}/, copied to {sample.submitted.name}/.")
    _copy_changed(original, sample.submitted)
    return sample


def grade(
    root: Path,
    which: ClassFolder,
    *,
    students: list[str] | None = None,
    again: bool = False,
    say: Callable[[str], None] = print,
) -> dict[str, list[str]]:
    """Grade every submission of a class that is new or has changed.

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
    say
        Told of the progress, and of the marks in the end.

    Returns
    -------
    dict
        By ``"student/assignment"``, what should be known about a submission, a sentence each.

    Raises
    ------
    GradingError
        If there is nothing to grade, or a student has no folder.
    """
    assignments = read_assignments(root)
    submissions, strays = find_submissions(which.submitted, assignments)
    _known_students(students, submissions, which)
    if students:
        submissions = [submission for submission in submissions if submission.student in students]
    state = _State(root / "autograded" / STATE_FILE, which.name)
    state.clear_other_class(root)
    api = _prepare_gradebook(root, which, assignments)

    remarks: dict[str, list[str]] = {}
    for number, submission in enumerate(submissions, start=1):
        key = f"{submission.student}/{submission.assignment.identifier}"
        fingerprint = _fingerprint(root, submission)
        if not again and state.is_current(key, fingerprint) and _is_recorded(api, submission):
            remarks[key], outcome = state.remarks(key), "unchanged"
        else:
            remarks[key], outcome = _grade_one(root, api, submission)
            state.record(key, fingerprint, remarks[key])
        say(f"[{number:>{len(str(len(submissions)))}}/{len(submissions)}] {key}: {outcome}")

    _report(root, api, assignments, submissions, remarks, strays, say)
    return remarks


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


def _prepare_gradebook(root: Path, which: ClassFolder, assignments: list[Assignment]) -> NbGraderAPI:
    """The gradebook knows the assignments as they now are. Only their release is made again, aside, not ``release/``."""
    config = load_config(root)
    config.CourseDirectory.db_url = f"sqlite:///{which.database}"
    config.CourseDirectory.submitted_directory = which.submitted.name
    with tempfile.TemporaryDirectory() as scratch:
        aside = load_config(root)
        aside.merge(config)
        aside.CourseDirectory.release_directory = scratch
        api = nbgrader_api(root, aside)
        for assignment in assignments:
            generate(api, assignment.identifier)
    api = nbgrader_api(root, config)
    with api.gradebook as gradebook:
        for assignment in assignments:
            gradebook.update_or_create_assignment(assignment.identifier, duedate=assignment.due)
    return api


def _grade_one(root: Path, api: NbGraderAPI, submission: Submission) -> tuple[list[str], str]:
    unreadable = cannot_be_read(submission)
    if unreadable:
        _record_nothing(api, root, submission)
        return [unreadable], "NOT GRADED"
    source = root / "source" / submission.assignment.identifier / f"{submission.assignment.notebook}.ipynb"
    remarks = remarks_before(submission, source)
    identifier = submission.assignment.identifier
    with quiet_nbgrader():
        result = _run(api.autograde, identifier, submission.student)
        if not result["success"]:
            _record_nothing(api, root, submission)
            return remarks + [f"the notebook could not be run: {_last_line(result)}"], "NOT GRADED"
        feedback = _run(api.generate_feedback, identifier, submission.student)
    autograded = root / "autograded" / submission.student / identifier / f"{submission.assignment.notebook}.ipynb"
    remarks += remarks_after(autograded)
    if not feedback["success"]:
        remarks.append(f"graded, but its feedback could not be written: {_last_line(feedback)}")
    with api.gradebook as gradebook:
        marks = read_marks(gradebook, submission.assignment, submission.student)
    return remarks, f"{marks.code:g} of {submission.assignment.points['code']:g} points for code"


def _run(command: Callable, assignment: str, student: str) -> dict:
    result = command(assignment, student, force=True)
    # nbgrader's interface turns every exception into a report, the one that asks the run to stop included.
    if not result["success"] and "KeyboardInterrupt" in result.get("error", "").splitlines()[-1:]:
        raise KeyboardInterrupt
    return result


def _record_nothing(api: NbGraderAPI, root: Path, submission: Submission) -> None:
    """The student appears in the gradebook, with the automatic points of an earlier run taken back."""
    identifier = submission.assignment.identifier
    with quiet_nbgrader(), api.gradebook as gradebook:
        gradebook.update_or_create_student(submission.student)
        gradebook.update_or_create_submission(identifier, submission.student)
        notebook = gradebook.find_submission_notebook(submission.assignment.notebook, identifier, submission.student)
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = 0, False
        gradebook.db.commit()
    for folder in ("autograded", "feedback"):
        shutil.rmtree(root / folder / submission.student / identifier, ignore_errors=True)


def _report(root, api, assignments, submissions, remarks, strays, say) -> None:
    students = sorted({submission.student for submission in submissions})
    with api.gradebook as gradebook:
        for assignment in assignments:
            own = {submission.student for submission in submissions if submission.assignment == assignment}
            rows = [(student, read_marks(gradebook, assignment, student) if student in own else None) for student in students]
            say("\n" + table(assignment, rows))
        _export(root, gradebook)
    notable = [f"{key}: {sentence}" for key, sentences in remarks.items() for sentence in sentences]
    if notable or strays:
        say("\nTo know:")
        for sentence in [*notable, *strays]:
            say(f"  {sentence}")
    say(f"\n+? marks write-ups that wait for a person. Written: autograded/, feedback/, grades.csv ({len(submissions)} submissions).")


def _export(root: Path, gradebook: Gradebook) -> None:
    with tempfile.NamedTemporaryFile(dir=root, prefix=".grades", suffix=".csv", delete=False) as new:
        pass
    plugin = CsvExportPlugin()
    plugin.to = new.name
    plugin.export(gradebook)
    os.chmod(new.name, 0o644)
    os.replace(new.name, root / "grades.csv")


def _last_line(result: dict) -> str:
    lines = (result.get("error") or result.get("log") or "no reason was given").strip().splitlines()
    return lines[-1][:200]


def _has_submissions(database: Path) -> bool:
    with Gradebook(f"sqlite:///{database}") as gradebook:
        return any(assignment.num_submissions for assignment in gradebook.assignments)


def _is_recorded(api: NbGraderAPI, submission: Submission) -> bool:
    with api.gradebook as gradebook:
        try:
            gradebook.find_submission(submission.assignment.identifier, submission.student)
        except MissingEntry:
            return False
    return True


def _fingerprint(root: Path, submission: Submission) -> str:
    """Of all that a mark depends on: the submission, the instructor's folder, the configuration."""
    digest = hashlib.sha256()
    for base in (submission.folder, root / "source" / submission.assignment.identifier):
        for path in files_of(base):
            digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update((root / "nbgrader_config.py").read_bytes())
    return digest.hexdigest()


def _copy_changed(original: Path, copy: Path) -> None:
    for path in files_of(original):
        target = copy / path.relative_to(original)
        if not target.exists() or target.read_bytes() != path.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


class _State:
    """What was graded already: kept beside the results, so that whoever deletes these deletes it, too."""

    def __init__(self, path: Path, class_name: str):
        self.path = path
        self.class_name = class_name
        try:
            self._content = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            self._content = {"class": class_name, "graded": {}}

    def clear_other_class(self, root: Path) -> None:
        """Results of the sample class make room for those of a real one, and the reverse."""
        if self._content["class"] == self.class_name:
            return
        for student in {key.split("/")[0] for key in self._content["graded"]}:
            for folder in ("autograded", "feedback"):
                shutil.rmtree(root / folder / student, ignore_errors=True)
        self._content = {"class": self.class_name, "graded": {}}

    def is_current(self, key: str, fingerprint: str) -> bool:
        return self._content["graded"].get(key, {}).get("fingerprint") == fingerprint

    def remarks(self, key: str) -> list[str]:
        return self._content["graded"][key]["remarks"]

    def record(self, key: str, fingerprint: str, remarks: list[str]) -> None:
        self._content["graded"][key] = {"fingerprint": fingerprint, "remarks": remarks}
        self.path.parent.mkdir(exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self._content, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(new, self.path)
