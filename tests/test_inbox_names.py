"""Whose a file is, from the names that Moodle, Canvas, Google Drive, nbgrader and people give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.course.release import load_config
from autograder.grading.inbox.names import Origin, Roster, folder_name, is_class_download, origins, read_roster
from tests.conftest import ROOT

NOTEBOOKS = {"differentiation": "matrix_derivatives.ipynb", "layers": "neural_layers.ipynb"}


def origin(path, *others):
    return origins([path, *others], NOTEBOOKS)[path]


@pytest.mark.parametrize(
    ("path", "student", "number", "rest"),
    [
        ("Lovelace Ada_123456_assignsubmission_file_/hw.ipynb", "Lovelace Ada", "123456", "hw.ipynb"),
        ("Lovelace Ada_123456_assignsubmission_file/a/hw.ipynb", "Lovelace Ada", "123456", "a/hw.ipynb"),
        ("Lovelace Ada_123456_assignsubmission_onlinetext_/onlinetext.html", "Lovelace Ada", "123456", "onlinetext.html"),
        ("Course-HW 1-77/Lovelace Ada_123456_assignsubmission_file_/hw.ipynb", "Lovelace Ada", "123456", "hw.ipynb"),
        ("Lovelace Ada_123456_assignsubmission_file_hw.ipynb", "Lovelace Ada", "123456", "hw.ipynb"),
        ("O'Neil-Smith Ada_Maria_1_assignsubmission_file_/hw.ipynb", "O'Neil-Smith Ada_Maria", "1", "hw.ipynb"),
        ("Ким Анна_7_assignsubmission_file_/layers/hw.ipynb", "Ким Анна", "7", "layers/hw.ipynb"),
    ],
)
def test_moodle(path, student, number, rest):
    assert origin(path) == Origin(student, rest, "moodle", number)


@pytest.mark.parametrize(
    ("name", "rest", "late"),
    [
        ("lovelaceada_LATE_12345_678901_neural_layers-1.ipynb", "neural_layers.ipynb", True),
        ("lovelaceada_12345_678_file.ipynb", "file.ipynb", False),
        ("lovelaceada_12345_678_neural_layers+(1).ipynb", "neural_layers.ipynb", False),
        ("lovelaceada_late_12345_678_scan.pdf", "scan.pdf", True),
        ("lovelaceada_12345_678_part-two.zip", "part-two.zip", False),
    ],
)
def test_canvas(name, rest, late):
    assert origin(f"submissions/{name}") == Origin("lovelaceada", rest, "canvas", "12345", None, late)


@pytest.mark.parametrize(
    ("path", "student", "notebook"),
    [
        ("HW-77/Lovelace Ada_123456_assignsubmission_file_/matrix_derivatives (1).ipynb", "Lovelace Ada", "matrix_derivatives"),
        ("O'Neil - Smith_5_assignsubmission_file_/a/neural_layers.ipynb", "O'Neil - Smith", "neural_layers"),
        ("lovelaceada_LATE_12345_678901_neural_layers-1.ipynb", "lovelaceada", "neural_layers"),
        ("lovelaceada_12345_678_neural_layers.ipynb", "lovelaceada", "neural_layers"),
        ("HW/Ким Анна - matrix_derivatives (2).ipynb", "Ким Анна", "matrix_derivatives"),
    ],
)
def test_nbgraders_zip_collect_is_configured_for_the_same_names(path, student, notebook):
    collector = FileNameCollectorPlugin(config=load_config(ROOT))
    found = collector.collect(f"/course/downloaded/layers/extracted/{path}")
    assert (found["student_id"], found["file_id"]) == (student, notebook)


def test_drive():
    assert origin("Ada Lovelace - matrix_derivatives.ipynb") == Origin("Ada Lovelace", "matrix_derivatives.ipynb", "drive")
    assert origin("HW/Ada Lovelace - matrix_derivatives (1).ipynb").student == "Ada Lovelace"
    paths = ["HW1/Ada L - a.ipynb", "HW1/Bea M - a.ipynb", "HW2/Ada L - b.ipynb", "HW2/Bea M - b.ipynb"]
    assert {each.student for each in origins(paths, NOTEBOOKS).values()} == {"Ada L", "Bea M"}


def test_a_file_name_with_a_dash_in_a_students_folder_is_no_student():
    assert origin("ada/HW - final.ipynb", "bea/hw.ipynb") == Origin("ada", "HW - final.ipynb", "folder")


def test_nbgraders_own_layout():
    expected = Origin("ada", "a/matrix_derivatives.ipynb", "nbgrader", assignment="differentiation")
    assert origin("download/ada/differentiation/a/matrix_derivatives.ipynb") == expected
    assert origin("submitted/ada/differentiation/a/matrix_derivatives.ipynb", "submitted/bea/layers/x.ipynb") == expected


def test_folders_of_students_below_a_folder_of_the_assignment():
    assert origin("layers/ada/x.ipynb", "layers/bea/x.ipynb") == Origin("ada", "x.ipynb", "folder", assignment="layers")
    assert origin("layers/ada/x.ipynb", "differentiation/ada/x.ipynb") == Origin("ada", "x.ipynb", "folder", assignment="layers")


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        (["d/layers/ada/x.ipynb", "d/layers/bea/x.ipynb", "d/layers/readme.pdf"], {"ada", "bea"}),
        (["d/layers/ada/x.ipynb"], {"ada"}),
        (["d/HW/layers/ada/x.ipynb", "d/HW/layers/bea/x.ipynb"], {"ada", "bea"}),
        (["d/layers/ada/x.ipynb", "d/differentiation/bea/x.ipynb"], {"ada", "bea"}),
        (["d/layers/Ada - x.ipynb", "d/layers/Bea - x.ipynb"], {"Ada", "Bea"}),
        (["d/layers/ada_1_2_x.ipynb", "d/layers/bea_3_4_x.ipynb"], {"ada", "bea"}),
        (["ada/layers/x.ipynb", "ada/differentiation/x.ipynb"], {"ada"}),
        (["d/ada/layers/hw/x.ipynb", "d/bea/layers/hw/x.ipynb"], {"ada", "bea"}),
        (["d/ada/layers/hw/x.ipynb"], {"ada"}),
    ],
)
def test_students_above_and_below_a_folder_of_an_assignment(paths, students):
    assert {each.student for each in origins(paths, NOTEBOOKS).values() if each} == students


def test_numbers_in_a_file_name_of_a_students_folder_are_no_canvas():
    assert origin("d/ada/hw_1_2_final.ipynb", "d/bea/x.ipynb") == Origin("ada", "hw_1_2_final.ipynb", "folder")


def test_plain_folders():
    assert origin("HW 1/Ada Lovelace/src/x.ipynb", "HW 1/bea/x.ipynb") == Origin("Ada Lovelace", "src/x.ipynb", "folder")


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("lovelace_matrix_derivatives.ipynb", "lovelace"),
        ("matrix_derivatives_Lovelace.ipynb", "Lovelace"),
        ("Ada Lovelace matrix_derivatives (1).ipynb", "Ada Lovelace"),
        ("Surname_HW1.ipynb", "Surname"),
        ("Lovelace.ipynb", "Lovelace"),
        ("lovelace_homework.zip", "lovelace"),
    ],
)
def test_loose_files(name, student):
    assert origin(name) == Origin(student, name, "file")


def test_a_file_that_names_nobody_is_nobodys():
    assert origin("matrix_derivatives.ipynb") is None
    assert origin("readme.pdf") is None


def test_the_notebook_alone_inside_a_folder_is_that_of_a_shared_folder():
    assert origin("HW1/matrix_derivatives.ipynb") is None
    assert origin("late/Ada Lovelace/matrix_derivatives.ipynb") == Origin("Ada Lovelace", "matrix_derivatives.ipynb", "folder")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Ada [B] O'Neil", "Ada [B] O'Neil"),
        ("Ким Анна", "Ким Анна"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".hidden", "hidden"),
        ("a/b\\c", "a-b-c"),
        ("ada \t\n", "ada"),
        ("a\x1b[31m\u202eb", "a[31mb"),
        ("-rf", "-rf"),
        ("и\u0306", "й"),
    ],
)
def test_names_become_safe_folders(name, folder):
    assert folder_name(name) == folder


@given(st.text())
def test_every_name_is_a_safe_folder(name):
    folder = folder_name(name)
    assert folder and "/" not in folder and not folder.startswith(".") and folder == folder.strip()
    assert folder.isprintable() and len(folder.encode()) <= 255
    assert folder_name(folder) == folder


@given(st.lists(st.text(alphabet="ab_1/ -.()", min_size=1)))
def test_no_path_makes_it_raise(paths):
    assert set(origins(paths, NOTEBOOKS)) == set(paths)
    is_class_download(paths, NOTEBOOKS)


ROSTER = b"id,first_name,last_name,email,canvas\nada,Ada,Lovelace,ada.l@uni.edu,12345\nbea,Bea,Miller,bea@uni.edu,777\n"


@pytest.mark.parametrize(
    "found",
    [
        Origin("Lovelace Ada", "", "moodle", "777"),
        Origin("Ada LOVELACE", "", "drive"),
        Origin("lovelaceada", "", "canvas", "1"),
        Origin("somebody", "", "canvas", "12345"),
        Origin("ada", "", "nbgrader"),
        Origin("ada.l@uni.edu", "", "folder"),
        Origin("ada.l", "", "file"),
    ],
)
def test_the_roster_knows_a_person_by_name_address_and_number(found):
    assert read_roster(ROSTER).find(found) == "ada"


def test_two_persons_of_one_name_are_not_guessed():
    roster = read_roster(b"id,first_name,last_name\na1,Ada,Lovelace\na2,Ada,Lovelace\n")
    assert roster.find(Origin("Ada Lovelace", "", "drive")) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_a_roster_of_a_spreadsheet_is_read(encoding):
    text = "Имя;Фамилия;ID number;Email address\r\nАнна;Ким;k1;kim@uni.edu\r\n\r\n"
    assert read_roster(text.encode(encoding)).find(Origin("Ким Анна", "", "moodle", "5")) == "k1"


def test_the_letter_yo_may_be_written_with_or_without_its_dots():
    roster = read_roster("id,first_name,last_name\nf,Пётр,Семенов\n".encode())
    assert roster.find(Origin("Семёнов Петр", "", "moodle", "5")) == "f"


def test_a_roster_without_ids_says_what_it_should_hold():
    with pytest.raises(ValueError, match="id,first_name,last_name,email"):
        read_roster(b"name\nAda\n")


def test_an_id_on_the_roster_is_a_safe_folder():
    roster = Roster()
    roster.add({"id": "../ada"})
    assert roster.ids == ["-ada"]


def test_a_download_of_a_class_is_told_from_a_students_archive():
    assert is_class_download(["x/Lovelace Ada_1_assignsubmission_file_/a.ipynb"], NOTEBOOKS)
    assert is_class_download(["ada/a.ipynb", "bea/a.ipynb"], NOTEBOOKS)
    assert not is_class_download(["matrix_derivatives.ipynb", "scan.pdf"], NOTEBOOKS)
    assert not is_class_download(["homework/matrix_derivatives.ipynb", "homework/img/scan.pdf"], NOTEBOOKS)
