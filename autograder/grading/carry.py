"""Carrying a class from one gradebook to another: to that of a changed course, or to another server."""

from collections import Counter
from dataclasses import dataclass, field

from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook

from autograder.grading.gradebooks import rows

OF_A_STUDENT = ("first_name", "last_name", "email", "lms_user_id")


@dataclass
class Carried:
    """What was carried over, and what could not be.

    Attributes
    ----------
    students, submissions, marks
        How many of each; a mark is a score, an extra credit or a comment that a person gave.
    left
        How many marks stay behind, by what they were given for.
    kept
        How many marks the new gradebook has already, and others; they stay.
    """

    students: int = 0
    submissions: int = 0
    marks: int = 0
    left: Counter = field(default_factory=Counter)
    kept: int = 0

    def sentences(self) -> list[str]:
        """To be read by a person."""
        said = [
            f"Carried over: {self.students} students, {self.submissions} submissions, {self.marks} marks and comments given by hand."
        ]
        said += [
            f"Not carried over: {number} given for {what}, which the course no longer has."
            for what, number in sorted(self.left.items())
        ]
        if self.kept:
            said.append(f"Left as it is: {self.kept} that the new gradebook has otherwise.")
        return said


def carry(old: Gradebook, new: Gradebook) -> Carried:
    """Carry the roster, the submissions, and what a person gave, by the names of students, assignments and cells.

    Nothing is taken from the old gradebook, and nothing that a person gave in the new one is replaced, so that it may be done
    again. Points found without a person are carried, too: a submission that is no longer there cannot be graded again.

    Parameters
    ----------
    old
        Is only read.
    new
        Knows the assignments as they now are.
    """
    carried = Carried()
    for student in old.students:
        known = {name: value for name in OF_A_STUDENT if (value := getattr(student, name)) is not None}
        try:
            mine = new.find_student(student.id)
            known = {name: value for name, value in known.items() if getattr(mine, name) is None}
        except MissingEntry:
            carried.students += 1
        new.update_or_create_student(student.id, **known)
    assignments = {assignment.name for assignment in new.assignments}
    for submission in old.db.query(SubmittedAssignment).all():
        if submission.name in assignments:
            _carry_submission(old, new, submission, carried)
        else:
            for notebook in submission.notebooks:
                carried.left[f"the assignment {submission.name}"] += len(_given(old, notebook))
    carried.left = +carried.left
    new.db.commit()
    return carried


def _carry_submission(old: Gradebook, new: Gradebook, submission: SubmittedAssignment, carried: Carried) -> None:
    identifier, student = submission.name, submission.student.id
    try:
        target, is_new = new.find_submission(identifier, student), False
    except MissingEntry:
        target = new.add_submission(identifier, student, timestamp=submission.timestamp, extension=submission.extension)
        is_new = True
        carried.submissions += 1
    own = {notebook.name: notebook for notebook in target.notebooks}
    for notebook in submission.notebooks:
        if notebook.name not in own:
            carried.left[f"the notebook {notebook.name}"] += len(_given(old, notebook))
            continue
        if is_new:
            own[notebook.name].late_submission_penalty, own[notebook.name].flagged = (
                notebook.late_submission_penalty,
                notebook.flagged,
            )
        _carry_cells(old, new, notebook, own[notebook.name], is_new, carried)


def _carry_cells(
    old: Gradebook, new: Gradebook, notebook: SubmittedNotebook, own: SubmittedNotebook, is_new: bool, carried: Carried
) -> None:
    grades = {name: grade for grade, name in rows(new, Grade, own)}
    comments = {name: comment for comment, name in rows(new, Comment, own)}
    for kind, name in _given(old, notebook):
        if name not in (grades if kind is Grade else comments):
            carried.left[f"the cell {name}"] += 1
    for grade, name in rows(old, Grade, notebook):
        target = grades.get(name)
        if target is None:
            continue
        if is_new:
            target.auto_score, target.needs_manual_grade = grade.auto_score, grade.needs_manual_grade
        if grade.manual_score is None and grade.extra_credit is None:
            continue
        if target.manual_score is None and target.extra_credit is None:
            target.manual_score, target.extra_credit, target.needs_manual_grade = (
                grade.manual_score,
                grade.extra_credit,
                grade.needs_manual_grade,
            )
            carried.marks += 1
        elif (target.manual_score, target.extra_credit) != (grade.manual_score, grade.extra_credit):
            carried.kept += 1
    for comment, name in rows(old, Comment, notebook):
        target = comments.get(name)
        if target is None:
            continue
        if is_new:
            target.auto_comment = comment.auto_comment
        if comment.manual_comment is not None and target.manual_comment is None:
            target.manual_comment = comment.manual_comment
            carried.marks += 1
        elif comment.manual_comment is not None and comment.manual_comment != target.manual_comment:
            carried.kept += 1


def _given(gradebook: Gradebook, notebook: SubmittedNotebook) -> list[tuple[type, str]]:
    """What a person gave in a submitted notebook: the kind, and the name of the cell."""
    scores = [
        (Grade, name)
        for grade, name in rows(gradebook, Grade, notebook)
        if (grade.manual_score, grade.extra_credit) != (None, None)
    ]
    return scores + [(Comment, name) for comment, name in rows(gradebook, Comment, notebook) if comment.manual_comment is not None]
