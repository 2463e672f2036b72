"""A submission that is added quickly is what nbgrader itself would have added."""

from datetime import UTC, datetime, timedelta

import nbgrader.api
import pytest
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry

from autograder.grading.patches import speedups
from autograder.grading.patches.fast_submissions import add_quickly

NBGRADERS_OWN = nbgrader.api.Gradebook.add_submission


@pytest.fixture(params=[NBGRADERS_OWN, add_quickly()], ids=["nbgrader", "quickly"])
def gradebook(tmp_path, monkeypatch, request):
    """With an assignment of two notebooks and every kind of cell."""
    # A program that is found on the path of an environment only.
    monkeypatch.setattr(nbgrader.api, "get_alembic_version", speedups._schema_version)
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as opened:
        opened.add_assignment("layers", duedate=datetime(2027, 1, 1))
        for notebook in ("first", "second"):
            opened.add_notebook(notebook, "layers")
            opened.add_grade_cell(f"check_{notebook}", notebook, "layers", max_score=3, cell_type="code")
            opened.add_solution_cell(f"solution_{notebook}", notebook, "layers")
            opened.add_grade_cell(f"writeup_{notebook}", notebook, "layers", max_score=5, cell_type="markdown")
            opened.add_solution_cell(f"writeup_{notebook}", notebook, "layers")
        opened.add_task_cell("defence", "second", "layers", max_score=8, cell_type="markdown")
        opened.add_student("ada")
        monkeypatch.setattr(Gradebook, "add_submission", request.param)
        yield opened


def test_every_cell_has_its_grade_and_its_comment_and_nothing_has_a_mark_yet(gradebook):
    when = datetime(2027, 1, 2, tzinfo=UTC)
    gradebook.add_submission("layers", "ada", timestamp=when, extension=timedelta(days=1))
    submission = gradebook.find_submission("layers", "ada")
    assert (submission.timestamp, submission.extension) == (datetime(2027, 1, 2), timedelta(days=1))
    assert submission.total_seconds_late == 0 and submission.duedate == datetime(2027, 1, 2)
    found = {
        notebook.name: (sorted(each.name for each in notebook.grades), sorted(each.name for each in notebook.comments))
        for notebook in submission.notebooks
    }
    assert found == {
        "first": (["check_first", "writeup_first"], ["solution_first", "writeup_first"]),
        "second": (["check_second", "defence", "writeup_second"], ["defence", "solution_second", "writeup_second"]),
    }
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            assert (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade) == (None, None, None, True)
        assert all((each.auto_comment, each.manual_comment) == (None, None) for each in notebook.comments)
        assert notebook.flagged is False and notebook.late_submission_penalty is None
    assert submission.max_score == 24 and submission.score == 0


def test_what_a_submission_cannot_belong_to_is_refused(gradebook):
    for assignment, student in (("another", "ada"), ("layers", "bea")):
        with pytest.raises(MissingEntry):
            gradebook.add_submission(assignment, student)
    gradebook.add_submission("layers", "ada")
    with pytest.raises(InvalidEntry):
        gradebook.add_submission("layers", "ada")
    assert len(gradebook.assignment_submissions("layers")) == 1
