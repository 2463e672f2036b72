"""The tables for spreadsheets, Moodle and Canvas have the columns that these document, and no cell of them is computed."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course.assignment import Assignment, Exercise
from autograder.grading.classes import ClassFolder
from autograder.grading.lateness import Handed
from autograder.grading.marks import Marks
from autograder.grading.plain import adapt_nbgrader
from autograder.grading.results import Mark
from autograder.grading.roster import keep_roster, people
from autograder.grading.standing import Standing
from autograder.reports.exports import Graded, Student, by_exercise, for_canvas, for_moodle, write_exports
from tests.conftest import ASSIGNMENTS, BY_ID

DUE = datetime(2027, 3, 1)
ROSTER = (
    "id,first_name,last_name,email,moodle_id,canvas_id,SIS User ID,sis_login_id,section\n"
    'ada,Ada,"Lovelace, Countess",ada@example.org,M1,4711,S1,ada@sis,Group 1\n'
    "bea,=Bea,+Bell,bea@example.org,M2,4712,S2,bea@sis,Group 2\n"
)


@pytest.fixture
def curves(tmp_path):
    """An assignment of two exercises, the second without a derivation, and an oral defence."""
    exercises = (Exercise("ex1", "Ex. 1", ("writeup_a", "check_a", "check_b")), Exercise("ex2", "Ex. 2", ("check_c",)))
    return Assignment("curves", tmp_path, "Curves", "curves", str(DUE), {"code": 6, "writeups": 2}, exercises, 20.0, "99")


@pytest.fixture
def lines(tmp_path):
    """Another one, of one exercise."""
    exercises = (Exercise("ex1", "Lines", ("check_l",)),)
    return Assignment("lines", tmp_path, "Lines", "lines", str(DUE), {"code": 3, "writeups": 0}, exercises)


@pytest.fixture
def ada():
    """Handed in curves a day late, and lines, and was marked."""
    marks = Marks(
        {"writeup_a": 1.5, "check_a": 2.0, "check_b": 0.0, "check_c": 2.25, "defence": 17.0},
        {"writeup_a": 2.0, "check_a": 2.0, "check_b": 1.0, "check_c": 3.0, "defence": 20.0},
    )
    standing = Standing(
        {"writeup_a": Mark(1.5, None, "Which\nlayout?"), "defence": Mark(17.0, None, "Sure"), "check_a": Mark(2.0)},
        handed=Handed(DUE + timedelta(days=1)),
        due=DUE,
        penalty=2.0,
    )
    known = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org"}
    known |= {"moodleid": "M1", "canvasid": "4711", "sisloginid": "ada@sis"}
    return Student("ada", known, {"curves": Graded(marks, standing), "lines": Graded(Marks({"check_l": 3.0}, {"check_l": 3.0}))})


@pytest.fixture
def bea(ada):
    """Handed in curves; the write-up and the defence wait."""
    scores = {"writeup_a": None, "check_a": 2.0, "check_b": 1.0, "check_c": 0.0, "defence": None}
    return Student("bea", {}, {"curves": Graded(Marks(scores, ada.graded["curves"].marks.maximum))})


def test_points_by_exercise_have_a_row_for_each_student_and_assignment(ada, bea, curves, lines):
    rows = by_exercise([ada, bea], [curves, lines])
    assert rows == [
        [
            *("assignment", "student_id", "first_name", "last_name"),
            *("curves: Ex. 1, code", "curves: Ex. 1, derivation", "curves: Ex. 2, code", "lines: Lines, code"),
            *("code", "derivations", "defence", "penalty", "total", "maximum", "late", "waiting"),
        ],
        ["curves", "ada", "Ada", "Lovelace", 2.0, 1.5, 2.25, "", 4.25, 1.5, 17.0, 2.0, 20.75, 28.0, "1 day", 0],
        ["lines", "ada", "Ada", "Lovelace", "", "", "", 3.0, 3.0, "", "", 0, 3.0, 3.0, "", 0],
        ["curves", "bea", "", "", 3.0, "", 0.0, "", 3.0, "", "", 0, 3.0, 28.0, "", 2],
        ["lines", "bea", "", "", *[""] * 12],
    ]


def test_moodle_gets_what_identifies_a_person_the_grade_item_and_its_feedback(ada, bea, curves, lines):
    assert for_moodle([ada, bea], curves) == [
        ["First name", "Last name", "ID number", "Email address", "Curves", "Feedback comments"],
        ["Ada", "Lovelace", "M1", "ada@example.org", 20.75, "late by 1 day; Ex. 1: Which layout?; Oral defence: Sure"],
        ["", "", "bea", "", 3.0, "2 answers are not marked yet"],
    ]
    assert len(for_moodle([ada, bea], lines)) == 2, "who handed in nothing has no grade"


def test_canvas_gets_its_five_columns_the_points_possible_and_the_assignments(ada, bea, curves, lines):
    assert for_canvas([ada, bea], [curves, lines]) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Curves (99)", "Lines"],
        ["    Points Possible", "", "", "", "", 28.0, 3.0],
        ["Lovelace, Ada", "4711", "", "ada@sis", "", 20.75, 3.0],
        ["bea", "", "", "bea", "", 3.0, ""],
    ]


def test_a_penalty_takes_off_no_more_than_there_is(ada):
    assert Graded(ada.graded["lines"].marks, Standing(penalty=5.0)).total == 0


def test_the_class_list_that_import_was_given_is_kept_and_one_in_the_course_s_folder_adds_to_it(tmp_path):
    keep_roster(ROSTER.encode(), tmp_path / "submitted")
    (tmp_path / "roster.csv").write_text("id;moodle_id;section\r\nada;M9;\r\n", encoding="utf-8")
    ada = people(tmp_path, tmp_path / "submitted")["ada"]
    assert (ada["moodleid"], ada["section"], ada["canvasid"], ada["last_name"]) == ("M9", "Group 1", "4711", "Lovelace, Countess")


def test_a_class_list_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "roster.csv").write_text("name\nada\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"roster\.csv: the roster has no column id"):
        people(tmp_path, tmp_path / "submitted")


def test_make_import_keeps_the_class_list(course):
    (course / "list.csv").write_text(ROSTER, encoding="utf-8")
    (course / "downloads" / "ada").mkdir(parents=True)
    assert main(["--root", str(course), "import", "--roster", str(course / "list.csv"), "--", str(course / "downloads")]) == 0
    assert people(course, course / "submitted").keys() == {"ada", "bea"}


def test_all_tables_are_written_and_no_cell_is_computed(tmp_path):
    keep_roster(ROSTER.encode(), tmp_path / "submitted")
    adapt_nbgrader()
    which = ClassFolder("submitted", tmp_path / "submitted", f"sqlite:///{tmp_path / 'gradebook.db'}")
    with Gradebook(which.db_url) as gradebook:
        for student in ("ada", "bea", "=cmd()"):
            gradebook.add_student(student)
        write_exports(tmp_path, which, gradebook, ASSIGNMENTS)
    names = {path.name for path in (tmp_path / "exports").iterdir()}
    assert names == {"grades_by_exercise.csv", "canvas.csv", *(f"moodle-{each}.csv" for each in BY_ID)}
    content = (tmp_path / "exports" / "canvas.csv").read_bytes().decode("utf-8")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[1] == ["    Points Possible", "", "", "", "", *(f"{sum(each.points.values()):g}" for each in ASSIGNMENTS)]
    nothing = [""] * len(ASSIGNMENTS)
    assert rows[2:] == [
        ["'=cmd()", "", "", "'=cmd()", "", *nothing],
        ["'+Bell, =Bea", "4712", "S2", "bea@sis", "Group 2", *nothing],
        ["Lovelace, Countess, Ada", "4711", "S1", "ada@sis", "Group 1", *nothing],
    ]
    table = (tmp_path / "exports" / "grades_by_exercise.csv").read_text(encoding="utf-8")
    assert ",'=Bea,'+Bell," in table and ",'=cmd()," in table


def test_the_sample_class_has_its_points_in_them(graded_class):
    with Gradebook(graded_class.folder.db_url) as gradebook:
        write_exports(graded_class.root, graded_class.folder, gradebook, ASSIGNMENTS)
    rows = list(csv.DictReader((graded_class.root / "exports" / "grades_by_exercise.csv").open(encoding="utf-8")))
    perfect = next(row for row in rows if row["student_id"] == "perfect" and row["assignment"] == "differentiation")
    points = BY_ID["differentiation"].points
    assert (perfect["code"], perfect["total"]) == (f"{points['code']:g}", f"{points['code']:g}")
    assert perfect["maximum"] == f"{sum(points.values()):g}"
    assert float(perfect["waiting"]) >= 4
