"""A class is graded through nbgrader and a real gradebook; a broken submission costs itself only, and is named."""

import csv
import os
import re
import shutil
import tempfile

import nbformat
import pytest

from autograder.grading import isolated
from autograder.grading.classes import GradingError, choose_class
from autograder.grading.run import grade
from autograder.grading.worker import Worker
from autograder.sandbox.warm import SandboxError
from tests.conftest import ASSIGNMENTS, BY_ID, read_notebook

ALL = {assignment.identifier: assignment.points["code"] for assignment in ASSIGNMENTS}
# The points for code that each student of the sample class loses, of all that there are.
LOST = {
    "perfect": {},
    "deleted_test": {},
    "duplicated_cell": {},
    # grad_trace_product (6) never returns; softmax_jacobian (4) never returns.
    "endless_loop": {"differentiation": 6, "layers": 4},
    # grad_trace_product (6) and linear_forward (4) need the library that is missing.
    "raises_at_import": {"differentiation": 6, "layers": 4},
    # B for its transpose (6), a lost factor 2 (6); a lost transpose (4), a bias gradient averaged (6).
    "forgetful": {"differentiation": 12, "layers": 10},
    "broken_json": {"differentiation": ALL["differentiation"]},
    "untouched": ALL,
}
# And what the seed earns, which has no answer to an exercise of a later day. It has a row for a column (6), dF/dS = A transposed
# (8), shapes that cannot be multiplied (6), and leaves out 5 + 8. In the other one, transposes are lost (4 + 6 + 6), softmax
# overflows (2) and its Jacobian is in float64 (1), there are no evaluation mode (6 + 3) and no network (8).
# A new assignment has no seed until its author writes one: there it is untouched.
EARNED = {"seed": dict.fromkeys(ALL, 0) | {"differentiation": 27, "layers": 24}}
MARKS = EARNED | {student: {name: ALL[name] - lost.get(name, 0) for name in ALL} for student, lost in LOST.items()}


@pytest.mark.parametrize("student", MARKS)
@pytest.mark.parametrize("identifier", BY_ID)
def test_every_student_of_the_sample_class_has_the_marks_they_deserve(graded_class, student, identifier):
    assert graded_class.marks(student, BY_ID[identifier]).code == MARKS[student][identifier]


def test_every_student_of_the_sample_class_is_asserted(graded_class):
    assert {path.name for path in graded_class.folder.submitted.iterdir()} == set(MARKS)


def test_the_writeups_of_a_worked_submission_wait_for_a_person_and_blank_ones_do_not(graded_class):
    for assignment in ASSIGNMENTS:
        writeups = sum(name.startswith("writeup_") for exercise in assignment.exercises for name in exercise.cells)
        assert graded_class.marks("perfect", assignment).waiting == writeups
        assert graded_class.marks("untouched", assignment).waiting == 0


def test_an_exercise_that_cannot_run_leaves_the_others_their_marks(graded_class):
    marks = graded_class.marks("endless_loop", BY_ID["differentiation"])
    lost = [name for name, score in marks.scores.items() if score == 0 and name.startswith("check_")]
    assert lost == ["check_grad_trace_product"]


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        ("broken_json/differentiation", "is no notebook: its text is not JSON"),
        ("deleted_test/differentiation", "the cell check_grad_bilinear_A had been deleted and was put back"),
        ("duplicated_cell/differentiation", "are there more than once: the last one counts"),
        ("duplicated_cell/layers", "the kernel 'julia-1.10' was replaced by 'python3'"),
        ("endless_loop/differentiation", "grad_trace_product was stopped: it did not return in time"),
        ("endless_loop/layers", "softmax_jacobian was stopped: it did not return in time"),
        ("raises_at_import/differentiation", "No module named 'torch_for_matrices'"),
    ],
)
def test_the_run_names_each_broken_submission_and_what_became_of_it(graded_class, submission, words):
    assert any(words in sentence for sentence in graded_class.remarks[submission])
    assert any(submission in text and words in text for text in graded_class.said)


def test_submissions_without_trouble_are_not_remarked_upon(graded_class):
    assert graded_class.remarks["perfect/differentiation"] == []
    assert graded_class.remarks["untouched/layers"] == []


def test_the_run_shows_progress_and_a_table_of_every_exercise(graded_class):
    progress = [text for text in graded_class.said if text.startswith("[")]
    assert len(progress) == len(graded_class.remarks)
    said = "\n".join(graded_class.said)
    for assignment in ASSIGNMENTS:
        for exercise in assignment.exercises:
            assert exercise.title in said
    assert "grading the sample class" in said


def test_grades_are_exported_for_every_student_and_assignment(graded_class):
    with (graded_class.root / "grades.csv").open() as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    assert len(rows) == len(MARKS) * len(ASSIGNMENTS)
    points = BY_ID["differentiation"].points
    assert float(rows["perfect", "differentiation"]["score"]) == points["code"]
    assert float(rows["perfect", "differentiation"]["max_score"]) == points["code"] + points["writeups"]
    assert rows["perfect", "differentiation"]["duedate"]


def test_feedback_pages_open_offline_and_show_no_hidden_test(graded_class, assignment):
    page = graded_class.root / "feedback" / "seed" / assignment.identifier / f"{assignment.notebook}.html"
    text = page.read_text(encoding="utf-8")
    assert "HIDDEN TESTS" not in text
    assert "check.hidden" not in text
    assert "<math" in text
    assert not re.search(r"""<script|(src|srcset)=["']?(https?:)?//|<link[^>]+href=["']?(https?:)?//|@import""", text)


def test_no_submission_is_changed(graded_class):
    for path in sorted((graded_class.root / "examples" / "submitted").rglob("*.ipynb")):
        copy = graded_class.folder.submitted / path.relative_to(graded_class.root / "examples" / "submitted")
        assert copy.read_bytes() == path.read_bytes()


def test_no_check_cell_writes_to_stderr_or_raises(graded_class):
    for path in (graded_class.root / "autograded").rglob("*.ipynb"):
        for cell in read_notebook(path).cells:
            if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
                kinds = {(output.output_type, output.get("name")) for output in cell.outputs}
                assert kinds <= {("stream", "stdout"), ("display_data", None), ("execute_result", None)}, (path, cell.id)


def test_running_again_changes_nothing(graded_class):
    results = [graded_class.root / name for name in ("autograded", "feedback")]
    before = {path: path.stat().st_mtime_ns for folder in results for path in folder.rglob("*") if path.is_file()}
    grades = (graded_class.root / "grades.csv").read_bytes()
    said: list[str] = []
    remarks = grade(graded_class.root, choose_class(graded_class.root, said.append), say=said.append)
    after = {path: path.stat().st_mtime_ns for folder in results for path in folder.rglob("*") if path.is_file()}
    assert all(text.endswith("unchanged") for text in said if text.startswith("["))
    assert after == before
    assert (graded_class.root / "grades.csv").read_bytes() == grades
    assert remarks == graded_class.remarks


def test_a_run_leaves_nothing_in_the_temporary_folder(course, own_warm_parent, monkeypatch, tmp_path_factory):
    shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / "ada" / "layers")
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    grade(course, choose_class(course))
    assert [path.name for path in folder.iterdir()] == []


def test_a_grading_process_that_dies_takes_one_submission_with_it_and_is_named(course, monkeypatch):
    for student in ("ada", "bea", "cleo"):
        shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / student / "layers")
    grade_one = Worker.grade

    def die_for_bea(worker, job):
        return os._exit(1) if job.student == "bea" else grade_one(worker, job)

    monkeypatch.setattr(Worker, "grade", die_for_bea)
    said = []
    with pytest.raises(GradingError, match="bea/layers was not graded, because this machine failed at it, twice"):
        grade(course, choose_class(course), say=said.append)
    assert sum(f"{ALL['layers']:g} of {ALL['layers']:g} points" in line for line in said) == 2
    assert any("bea/layers: NOT GRADED, run again" in line for line in said)
    rows = list(csv.DictReader((course / "grades.csv").open()))
    assert {row["student_id"]: row["score"] for row in rows if row["assignment"] == "layers" and float(row["score"])} == {
        "ada": str(ALL["layers"]),
        "cleo": str(ALL["layers"]),
    }


FAILURES = {
    "ada": MemoryError(),
    "cleo": OSError(11, "Resource temporarily unavailable"),
    "dora": SandboxError("no process"),
}


def test_a_failure_of_the_machine_is_tried_once_more_and_is_no_result(course, monkeypatch, tmp_path_factory):
    """Each student's submission meets a failure of another kind, and bea's none."""
    for student in ("bea", *FAILURES):
        shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / student / "layers")
        sign(course, student)
    tries = tmp_path_factory.mktemp("tries")
    run_cells = isolated.run_cells

    def fail_once(notebook, *others):
        student = owner(notebook)
        if student == "bea" or (tries / student).exists():
            return run_cells(notebook, *others)
        (tries / student).touch()
        raise FAILURES[student]

    monkeypatch.setattr(isolated, "run_cells", fail_once)
    remarks = grade(course, choose_class(course))
    assert remarks == {f"{student}/layers": [] for student in ("bea", *FAILURES)}
    assert {path.name for path in tries.iterdir()} == set(FAILURES)

    def fail(notebook, *_):
        raise FAILURES[owner(notebook)]

    monkeypatch.setattr(isolated, "run_cells", fail)
    said: list[str] = []
    with pytest.raises(GradingError):
        grade(course, choose_class(course), again=True, students=list(FAILURES), say=said.append)
    assert {text.partition("] ")[2] for text in said if text.startswith("[")} == {
        f"{student}/layers: NOT GRADED, run again" for student in FAILURES
    }
    rows = list(csv.DictReader((course / "grades.csv").open()))
    scores = {row["student_id"]: row["score"] for row in rows if row["assignment"] == "layers"}
    assert scores == dict.fromkeys(("bea", *FAILURES), str(ALL["layers"]))


def sign(course, student: str) -> None:
    """Let a submission say in a cell of its own whose it is."""
    path = course / "submitted" / student / "layers" / f"{BY_ID['layers'].notebook}.ipynb"
    notebook = read_notebook(path)
    notebook.cells.append(nbformat.v4.new_code_cell(f"owner = '{student}'"))
    nbformat.write(notebook, path)


def owner(notebook) -> str:
    """Whose submission it is."""
    return next(cell.source for cell in notebook.cells if cell.source.startswith("owner = ")).split("'")[1]
