"""The oral defence has one home in every notebook: a cell that a person marks, worth what ``assignment.toml`` says, often nothing."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course.assignment import read_assignments
from autograder.course.build import build
from autograder.course.course import Course
from autograder.course.release import quiet_nbgrader
from autograder.course.template import write_template
from autograder.grading.classes import choose_class
from autograder.grading.marks import read_marks
from autograder.grading.run import grade
from autograder.reports.marking import record_marks
from autograder.reports.marks_file import GivenMark, MarksFileError, write_marks_file
from tests.conftest import ROOT, begin_runs_sooner, read_notebook

NOTEBOOK = "curves.ipynb"


class Small:
    """A course with one exercise of 6 points and an oral defence, and a student's submissions to it."""

    def __init__(self, root: Path, points: float):
        self.root, self.points = root, points

    @classmethod
    def build(cls, root: Path, points: float) -> "Small":
        for name in ("nbgrader_config.py", "requirements.txt"):
            shutil.copy(ROOT / name, root)
        (root / "examples" / "students").mkdir(parents=True)
        write_template(root, "curves")
        path = root / "assignments" / "curves" / "assignment.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("defence_points = 0", f"defence_points = {points:g}"), encoding="utf-8")
        build(root, say=lambda _: None)
        return cls(root, points)

    def released(self) -> nbformat.NotebookNode:
        return read_notebook(self.root / "release" / "curves" / NOTEBOOK)

    def answered(self) -> nbformat.NotebookNode:
        """The released notebook with the right function in it, and a write-up."""
        notebook = self.released()
        source = {cell.id: cell.source for cell in read_notebook(self.root / "source" / "curves" / NOTEBOOK).cells}
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = source[cell.id].replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
        return notebook

    def hand_in(self, notebook: nbformat.NotebookNode, student: str = "ada") -> None:
        folder = self.root / "submitted" / student / "curves"
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / NOTEBOOK)

    def grade(self, **options) -> list[str]:
        said: list[str] = []
        self.remarks = grade(self.root, choose_class(self.root), say=said.append, workers=1, **options)
        return said

    def record(self, points: float | None, comment: str) -> list[str]:
        text = write_marks_file([GivenMark("ada", "curves", "defence", points, comment)])
        (self.root / "marks.csv").write_text(text, encoding="utf-8")
        return record_marks(self.root, self.root / "marks.csv")

    def marks(self, student: str = "ada"):
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            return read_marks(gradebook, read_assignments(self.root)[0], student)

    @property
    def page(self) -> str:
        return (self.root / "feedback" / "ada" / "curves" / "curves.html").read_text(encoding="utf-8")

    @property
    def autograded(self) -> list:
        return read_notebook(self.root / "autograded" / "ada" / "curves" / NOTEBOOK).cells


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The course by what its oral defence is worth; each test has a copy.

    The solved notebook is run for one of the two, which takes most of a build: no code of theirs differs.
    """
    begin_runs_sooner()
    twenty = Small.build(tmp_path_factory.mktemp("oral"), 20)
    solved = read_notebook(twenty.root / "solutions" / "curves" / NOTEBOOK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.course.build.solve", lambda *_: solved)
        return {0: Small.build(tmp_path_factory.mktemp("oral"), 0), 20: twenty}


@pytest.fixture
def nothing(built, tmp_path):
    return Small(shutil.copytree(built[0].root, tmp_path / "course"), 0)


@pytest.fixture
def twenty(built, tmp_path):
    return Small(shutil.copytree(built[20].root, tmp_path / "course"), 20)


@pytest.fixture(params=["nothing", "twenty"])
def small(request):
    return request.getfixturevalue(request.param)


def test_it_is_the_last_cell_of_the_notebook_and_locked(small):
    cell = small.released().cells[-1]
    assert cell.id == "defence" and cell.cell_type == "markdown"
    marked = cell.metadata.nbgrader
    assert (marked.task, marked.locked, marked.solution, marked.points) == (True, True, False, small.points)
    assert cell.metadata.editable is False and cell.metadata.deletable is False
    assert "The oral defence is marked here" in cell.source and ("20 points" in cell.source) is (small.points == 20)


def test_worth_points_it_waits_for_a_person_and_counts_when_marked(twenty):
    twenty.hand_in(twenty.answered())
    said = twenty.grade()
    assert twenty.marks().waits("defence") and twenty.marks().maximum["defence"] == 20
    assert any(line.endswith("0+?/20") for text in said for line in text.splitlines())
    assert "4 of 4 points marked so far" in twenty.page and "22 points wait" in twenty.page
    assert twenty.record(17.5, "Sure of the shapes") == ["1 mark of 1 student recorded; 0 unchanged."]
    assert twenty.marks().scores["defence"] == 17.5 and not twenty.marks().waits("defence")
    assert "21.5 of 24 points" in twenty.page and "Sure of the shapes" in twenty.page and "17.5 of 20 points" in twenty.page
    twenty.grade(again=True)
    assert not twenty.marks().waits("defence"), "what was said does not change with the notebook"
    assert ",21.5,26.0" in (twenty.root / "grades.csv").read_text()


def test_make_grade_counts_it_in_the_tables_for_other_systems(twenty):
    twenty.hand_in(twenty.answered())
    assert main(["--root", str(twenty.root), "grade"]) == 0
    assert (twenty.root / "exports" / "canvas.csv").read_text().splitlines()[1:] == ["    Points Possible,,,,,26", "ada,,,ada,,4"]


def test_worth_nothing_it_does_not_wait_and_its_mark_stands_in_the_comment(nothing):
    nothing.hand_in(nothing.answered())
    said = nothing.grade()
    assert nothing.marks().scores["defence"] == 0 and not nothing.marks().waits("defence")
    assert nothing.marks().waiting == 1, "the write-up"
    assert not any("defence" in text for text in said)
    with pytest.raises(MarksFileError, match="defence is worth 0 points, so 2 are too many"):
        nothing.record(2, "")
    nothing.record(None, "2 of 3: sure of the shapes")
    assert "4 of 4 points" in nothing.page and "2 of 3: sure of the shapes" in nothing.page
    nothing.grade(again=True)
    assert nothing.marks().waiting == 1 and "2 of 3: sure of the shapes" in nothing.page


def test_nbgrader_alone_lets_it_wait_only_where_it_is_worth_points(small):
    small.hand_in(small.answered())
    course = Course(small.root)
    api = course.api(course.db_url)
    with quiet_nbgrader():
        for report in (api.generate_assignment("curves", force=True), api.autograde("curves", "ada")):
            assert report["success"], report["log"]
    assert small.marks().waits("defence") is (small.points == 20)


def test_a_submission_from_before_it_existed_is_graded_without_a_word(small):
    notebook = small.answered()
    notebook.cells.pop()
    small.hand_in(notebook)
    small.grade()
    assert small.remarks["ada/curves"] == []
    assert small.autograded[-1].metadata.nbgrader.grade_id == "defence"
    assert small.marks().code == 4
    small.record(None, "Late, but well")
    assert "Late, but well" in small.page


def test_what_is_written_into_it_is_kept_in_a_cell_of_its_own(small):
    notebook = small.answered()
    notebook.cells[-1].source += "\n\nI was never asked."
    notebook.cells[-1].metadata.nbgrader.points = 100
    small.hand_in(notebook)
    small.grade()
    assert any("written into the locked cell defence" in sentence for sentence in small.remarks["ada/curves"])
    cells = small.autograded
    marked = next(cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "defence")
    assert marked.source == small.released().cells[-1].source and marked.metadata.nbgrader.points == small.points
    assert any("I was never asked." in cell.source for cell in cells)
    assert small.marks().maximum["defence"] == small.points


def test_a_notebook_that_lost_all_names_is_recognised_with_it(small):
    notebook = small.answered()
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = nbformat.from_dict({}), f"x{number}"
    small.hand_in(notebook)
    small.grade()
    assert [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in small.autograded].count("defence") == 1
    assert small.marks().code == 4


@pytest.mark.parametrize("given", ["-1", '"many"', "true", "inf", "nan"])
def test_points_that_are_none_are_refused(given, tmp_path):
    write_template(tmp_path, "curves")
    path = tmp_path / "assignments" / "curves" / "assignment.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("defence_points = 0", f"defence_points = {given}"), encoding="utf-8")
    with pytest.raises(ValueError, match="defence_points is .*; it is a number, 0 or more"):
        read_assignments(tmp_path)


def test_another_cell_of_its_name_is_refused(nothing):
    chapter = nothing.root / "assignments" / "curves" / "curves.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + '\n\n```python locked="defence"\nx = 1\n```\n', encoding="utf-8")
    with pytest.raises(ValueError, match="the name 'defence' is that of the cell of the oral defence"):
        build(nothing.root, say=lambda _: None)


def test_an_assignment_that_says_nothing_of_it_gives_no_points(tmp_path):
    write_template(tmp_path, "curves")
    path = tmp_path / "assignments" / "curves" / "assignment.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("defence_points = 0\n", ""), encoding="utf-8")
    assert read_assignments(tmp_path)[0].defence_points == 0


def test_the_course_as_shipped_gives_no_points_for_it():
    for assignment in read_assignments(ROOT):
        assert assignment.defence_points == 0
        source = json.loads((ROOT / "source" / assignment.identifier / f"{assignment.notebook}.ipynb").read_text(encoding="utf-8"))
        assert source["cells"][-1]["metadata"]["nbgrader"]["grade_id"] == "defence"
