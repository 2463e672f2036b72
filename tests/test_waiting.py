"""What cannot be judged waits for a person, with a sentence that says where to look; and only the course speaks for the course."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook

from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.conftest import BY_ID, copy_course, read_notebook

ASSIGNMENT = BY_ID["differentiation"]
NOTEBOOK = f"{ASSIGNMENT.notebook}.ipynb"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def cell_of(notebook: dict, name: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def stub() -> str:
    from tests.conftest import notebook_of

    return "".join(cell_of(json.loads(notebook_of("release", ASSIGNMENT).read_text()), "writeup_ex1")["source"])


def own_text_below(notebook, folder):
    place = notebook["cells"].index(cell_of(notebook, "writeup_ex1"))
    text = cell_of(notebook, "writeup_ex1")["source"]
    cell_of(notebook, "writeup_ex1")["source"] = stub()
    notebook["cells"].insert(place + 1, {"cell_type": "markdown", "metadata": {}, "id": "mine", "source": text})


def in_the_locked_statement(notebook, folder):
    text = "".join(cell_of(notebook, "writeup_ex1")["source"])
    cell_of(notebook, "writeup_ex1")["source"] = stub()
    cell_of(notebook, "statement_ex1")["source"] = "".join(cell_of(notebook, "statement_ex1")["source"]) + "\n\n" + text


def at_the_end(notebook, folder):
    text = cell_of(notebook, "writeup_ex1")["source"]
    cell_of(notebook, "writeup_ex1")["source"] = stub()
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "id": "mine", "source": text})


def a_scan_beside(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = stub()
    (folder / "derivations.pdf").write_bytes(b"%PDF-1.4")


def a_photo_in_the_cell(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = f"![photo](data:image/png;base64,{PIXEL})"


def a_photo_attached(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = "![photo](attachment:photo.png)"
    cell_of(notebook, "writeup_ex1")["attachments"] = {"photo.png": {"image/png": PIXEL}}


def stub_left_above(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = stub() + "\n\n" + "".join(cell_of(notebook, "writeup_ex1")["source"])


def a_large_photo_below_the_text(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = (
        "".join(cell_of(notebook, "writeup_ex1")["source"]) + f"\n\n![p](data:image/png;base64,{'A' * 600_000})"
    )


def many_points_claimed(notebook, folder):
    grading = {
        "grade_id": "writeup_ex1",
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "points": 1000,
    }
    text = cell_of(notebook, "writeup_ex1")["source"]
    cell_of(notebook, "writeup_ex1")["source"] = "see below"
    notebook["cells"].append({"cell_type": "markdown", "metadata": {"nbgrader": grading}, "id": "mine", "source": text})


def a_reader_of_ones_own(notebook, folder):
    cell_of(notebook, "writeup_ex1")["source"] = "$\\frac{dy}{dx} = 3x$"
    fake = "def check_writeup(name):\n    print('54 equalities read: 54 true')\nimport matrix_checks.derivations\nautograder.writeups.check_writeup = check_writeup"
    cell = {"cell_type": "code", "metadata": {}, "id": "mine", "source": fake, "outputs": [], "execution_count": None}
    notebook["cells"].insert(notebook["cells"].index(cell_of(notebook, "statement_ex1")), cell)


def forged_sentences(notebook, folder):
    forged = "print('no answer within')\nraise RuntimeError('honest/layers: the grader must give 60')"
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "id": "mine", "source": forged, "outputs": [], "execution_count": None}
    )
    notebook["metadata"]["grading"] = {
        "remarks": ["forged"],
        "late": ["forged"],
        "waiting": {"writeup_ex2": "forged"},
        "documents": ["forged"],
    }


def a_complex_step(notebook, folder):
    step = "def grad_quadratic(x):\n    return np.array([((x + 1e-30j * e) @ (x + 1e-30j * e)).imag / 1e-30 for e in np.eye(len(x))]).astype(x.dtype)"
    cell_of(notebook, "grad_quadratic")["source"] = step


CASES = [
    own_text_below, in_the_locked_statement, at_the_end, a_scan_beside, a_photo_in_the_cell, a_photo_attached, stub_left_above,
    a_large_photo_below_the_text, many_points_claimed, a_reader_of_ones_own, forged_sentences, a_complex_step,
]  # fmt: skip


class Graded:
    def __init__(self, root):
        self.root = copy_course(root)
        perfect = self.root / "examples" / "submitted" / "perfect" / ASSIGNMENT.identifier / NOTEBOOK
        for case in CASES:
            folder = self.root / "submitted" / case.__name__ / ASSIGNMENT.identifier
            folder.mkdir(parents=True)
            notebook = json.loads(perfect.read_text())
            case(notebook, folder)
            (folder / NOTEBOOK).write_text(json.dumps(notebook))
        shutil.copytree(perfect.parent, self.root / "submitted" / "perfect" / ASSIGNMENT.identifier)
        self.remarks = grade(self.root, choose_class(self.root), say=lambda _: None)

    def row(self, student: str, name: str = "writeup_ex1"):
        """Automatic score, whether it waits, the comment, points for code."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            key = (name, ASSIGNMENT.notebook, ASSIGNMENT.identifier, student)
            grade_, comment = gradebook.find_grade(*key), gradebook.find_comment(*key)
            code = sum(
                each.auto_score or 0
                for each in gradebook.find_submission_notebook(*key[1:]).grades
                if each.name.startswith("check_")
            )
            return grade_.auto_score, bool(grade_.needs_manual_grade), comment.auto_comment or "", code

    def page(self, student: str) -> str:
        return (self.root / "feedback" / student / ASSIGNMENT.identifier / f"{ASSIGNMENT.notebook}.html").read_text()

    def said(self, student: str) -> str:
        return " ".join(self.remarks[f"{student}/{ASSIGNMENT.identifier}"])

    def outputs(self, student: str, name: str) -> str:
        notebook = read_notebook(self.root / "autograded" / student / ASSIGNMENT.identifier / NOTEBOOK)
        cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)
        return json.dumps(cell.outputs, ensure_ascii=False)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return Graded(tmp_path_factory.mktemp("waiting") / "course")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_writeup_waits_for_a_person_and_the_code_has_its_points(graded, case):
    score, waits, _, code = graded.row(case.__name__)
    assert (score, waits, code) == (None, True, BY_ID["differentiation"].points["code"])


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (own_text_below, "in another one near it"),
        (in_the_locked_statement, "in another one near it"),
        (at_the_end, "elsewhere in the notebook"),
        (a_scan_beside, "derivations.pdf was handed in beside"),
        (a_photo_in_the_cell, "a picture, which no program reads"),
        (a_photo_attached, "a picture, which no program reads"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_comment_says_where_to_look_and_gives_no_number(graded, case, words):
    comment = graded.row(case.__name__)[2]
    assert words in comment
    assert "of 8 points" not in comment


@pytest.mark.parametrize("case", [stub_left_above, a_large_photo_below_the_text], ids=lambda case: case.__name__)
def test_a_stub_or_a_photo_beside_a_derivation_does_not_keep_it_from_being_read(graded, case):
    assert graded.row(case.__name__)[2] == graded.row("perfect")[2]
    assert "8 of 8 points" in graded.row("perfect")[2]


def test_text_in_a_locked_cell_is_kept_and_shown(graded):
    notebook = read_notebook(graded.root / "autograded" / "in_the_locked_statement" / ASSIGNMENT.identifier / NOTEBOOK)
    perfect = read_notebook(graded.root / "autograded" / "perfect" / ASSIGNMENT.identifier / NOTEBOOK)
    text = next(cell.source for cell in perfect.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "writeup_ex1")
    assert any(text.split("\n")[0] in cell.source for cell in notebook.cells)
    assert "something was written into the locked cell statement_ex1" in graded.said("in_the_locked_statement")
    assert "something was written into the locked cell" in graded.page("in_the_locked_statement")


def test_a_cell_that_claims_more_points_has_no_effect_but_a_remark(graded):
    assert "another cell calls itself writeup_ex1, with other points or flags" in graded.said("many_points_claimed")
    assert "1000" not in graded.row("many_points_claimed")[2]


def test_the_reader_speaks_for_the_course_whatever_student_code_calls_by_its_name(graded):
    shown = graded.outputs("a_reader_of_ones_own", "read_writeup_ex1")
    assert "54 true" not in shown and "1 equality read: 1 false" in shown
    assert "equality" in graded.page("a_reader_of_ones_own")
    assert "There is no saved notebook" not in graded.page("perfect")


def test_nothing_that_a_student_prints_or_hands_in_becomes_a_sentence_of_the_courses(graded):
    said = graded.said("forged_sentences")
    assert "did not return in time" not in said and "forged" not in said.replace("forged_sentences", "")
    assert said.startswith("a cell raised RuntimeError")
    assert graded.row("forged_sentences", "writeup_ex2")[2] == graded.row("perfect", "writeup_ex2")[2]


def test_a_reviewer_is_told_what_to_ask_and_a_student_is_not(graded):
    assert "takes a complex step" in graded.said("a_complex_step")
    assert graded.row("a_complex_step")[3] == BY_ID["differentiation"].points["code"]
    assert "complex step" not in graded.page("a_complex_step").split("</style>")[-1].replace("1j", "")


def test_what_nobody_has_marked_is_called_so_and_not_zero(graded):
    page = graded.page("perfect")
    points = BY_ID["differentiation"].points
    assert (
        f"{points['code']:g} of {points['code']:g} points marked so far</strong>; {points['writeups']:g} points wait for a person"
        in page
    )
    assert "not marked yet, of 8 points" in page and "0 of 8" not in page
