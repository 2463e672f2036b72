"""A submission is what lies in its own folder: nothing in it leads elsewhere, and nothing of any size or kind stops the run."""

import json
import os
import re
import shutil
import subprocess

import pytest

from autograder.course.release import load_config, nbgrader_api, quiet_nbgrader
from autograder.grading import isolated
from autograder.grading.classes import choose_class
from autograder.grading.inbox.folder import MOST_DEPTH, MOST_FILES, read_folder
from autograder.grading.run import grade
from tests.conftest import BY_ID, copy_course

LAYERS = BY_ID["layers"]
NOTEBOOK = f"{LAYERS.notebook}.ipynb"
CODE = LAYERS.points["code"]


@pytest.fixture(autouse=True)
def swept(tmp_path):
    """What is nested so deeply that Python's own removal fails is removed in the end."""
    yield
    subprocess.run(["rm", "-rf", *map(str, tmp_path.iterdir())], check=True)


@pytest.fixture
def honest(course):
    """A class of one, to which others are added."""
    put(course, "honest")
    return course


def put(course, student: str):
    folder = course / "submitted" / student / "layers"
    shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", folder, ignore=shutil.ignore_patterns("autograder"))
    return folder


def marks(course) -> tuple[dict[str, float], dict[str, list[str]], str]:
    """Points for code by student, remarks, and everything that was said."""
    from nbgrader.api import Gradebook

    from autograder.grading.marks import read_marks

    said: list[str] = []
    which = choose_class(course, said.append)
    remarks = grade(course, which, say=said.append)
    with Gradebook(which.db_url) as gradebook:
        names = [student.id for student in gradebook.students]
        found = {name: marks.code for name in names if (marks := read_marks(gradebook, LAYERS, name))}
    return found, remarks, "\n".join(said)


def to_the_solution(course, student):
    (course / "submitted" / student).mkdir()
    (course / "submitted" / student / "layers").symlink_to("../../source/layers")


def to_another_students_assignment(course, student):
    (course / "submitted" / student).mkdir()
    (course / "submitted" / student / "layers").symlink_to("../honest/layers")


def to_another_student(course, student):
    (course / "submitted" / student).symlink_to("honest")


def notebook_to_the_solution(course, student):
    folder = course / "submitted" / student / "layers"
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).symlink_to(f"../../../source/layers/{NOTEBOOK}")


def second_name_of_the_solution(course, student):
    folder = course / "submitted" / student / "layers"
    folder.mkdir(parents=True)
    os.link(course / "source" / "layers" / NOTEBOOK, folder / NOTEBOOK)


def a_pipe(course, student):
    folder = course / "submitted" / student / "layers"
    folder.mkdir(parents=True)
    os.mkfifo(folder / NOTEBOOK)


# Each is of a student of its own, of its name, in one class with an honest one.
LINKS = {
    attack.__name__: attack
    for attack in (
        to_the_solution,
        to_another_students_assignment,
        to_another_student,
        notebook_to_the_solution,
        second_name_of_the_solution,
        a_pipe,
    )
}


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """The class of all these, graded."""
    course = class_of_links(tmp_path_factory)
    return course, *marks(course)


@pytest.fixture(scope="module")
def linked_in_plain_nbgraders_way(tmp_path_factory):
    """The same class, and whether plain nbgrader graded each submission."""
    course = class_of_links(tmp_path_factory)
    api = nbgrader_api(course, load_config(course))
    with quiet_nbgrader():
        api.generate_assignment("layers", force=True)
        return course, {student: api.autograde("layers", student, force=True)["success"] for student in ("honest", *LINKS)}


def class_of_links(tmp_path_factory):
    course = copy_course(tmp_path_factory.mktemp("links") / "course")
    put(course, "honest")
    for student, attack in LINKS.items():
        attack(course, student)
    return course


@pytest.mark.parametrize("student", LINKS)
def test_no_link_earns_a_mark(linked, student):
    course, found, _, said = linked
    assert found["honest"] == CODE
    assert not found.get(student)
    lines = [line for line in said.splitlines() if re.search(rf"\b{student}\b", line)]
    assert any("not followed" in line or "second name" in line or "no ordinary file" in line for line in lines), lines
    pages = course / "feedback" / student
    assert "exponentials" not in "".join(path.read_text() for path in pages.rglob("*.html") if pages.exists())


@pytest.mark.parametrize("student", LINKS)
def test_no_link_earns_a_mark_in_plain_nbgraders_way(linked_in_plain_nbgraders_way, student):
    course, succeeded = linked_in_plain_nbgraders_way
    assert succeeded["honest"] and not succeeded[student]
    assert not (course / "autograded" / student / "layers" / NOTEBOOK).exists()


def test_what_links_lead_to_is_not_copied_in_plain_nbgraders_way(honest):
    folder = put(honest, "eve")
    (folder / "host.txt").symlink_to("/etc/hostname")
    (folder / "config.txt").symlink_to(honest / "nbgrader_config.py")
    (folder / "own.txt").write_text("own")
    api = nbgrader_api(honest, load_config(honest))
    with quiet_nbgrader():
        api.generate_assignment("layers", force=True)
        assert api.autograde("layers", "eve", force=True)["success"]
    copied = {path.name for path in (honest / "autograded" / "eve" / "layers").iterdir()}
    assert "own.txt" in copied and not copied & {"host.txt", "config.txt"}


def deep(folder):
    here = folder
    for _ in range(1_100):
        here = here / "d"
        os.mkdir(here) if len(str(here)) < 4_000 else None


def many(folder):
    (folder / "many").mkdir()
    for number in range(10_000):
        (folder / "many" / str(number)).touch()


def sparse(folder):
    with open(folder / "large.bin", "wb") as file:
        file.truncate(20 * 2**30)


def programs_own(folder):
    for name in (".git", ".venv"):
        (folder / name).mkdir()
        for number in range(3_000):
            (folder / name / str(number)).touch()


def test_a_folder_of_any_size_is_the_submissions_own_affair(honest, monkeypatch):
    # To copy so many files from step to step as are taken outside of tests takes most of the time, and shows nothing more. These are
    # more than are put beside the cells.
    fewer = 2 * isolated.MOST_FILES
    assert fewer < MOST_FILES
    monkeypatch.setattr("autograder.grading.inbox.folder.MOST_FILES", fewer)
    burdens = {burden.__name__: burden for burden in (deep, many, sparse, programs_own)}
    for student, burden in burdens.items():
        burden(put(honest, student))
    found, remarks, _ = marks(honest)
    assert found == dict.fromkeys(("honest", *burdens), CODE)
    assert {student for student in burdens if not remarks[f"{student}/layers"]} == {"programs_own"}
    assert any("there are more than" in sentence for sentence in remarks["many/layers"])


def test_what_is_read_of_a_folder_is_bounded_and_named(tmp_path):
    deep(tmp_path)
    (tmp_path / "a").write_bytes(b"x")
    contents = read_folder(tmp_path)
    assert contents.files == {"a": b"x"}
    assert f"deeper than {MOST_DEPTH} folders" in contents.remarks[0]
    many(tmp_path)
    contents = read_folder(tmp_path)
    assert len(contents.files) <= MOST_FILES
    assert any("more than" in sentence for sentence in contents.remarks)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_may_not_be_read_stops_nobody_else(honest):
    folder = put(honest, "eve")
    folder.chmod(0)
    try:
        found, remarks, _ = marks(honest)
    finally:
        folder.chmod(0o755)
    assert found["honest"] == CODE and "cannot be read" in " ".join(remarks["eve/layers"])


def test_modules_and_data_of_the_students_own_are_beside_the_notebook_when_it_runs(honest):
    folder = put(honest, "eve")
    (folder / "mine.py").write_text(
        "def softmax(x):\n    import numpy as np\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)\n"
    )
    (folder / "data").mkdir()
    (folder / "data" / "weights.txt").write_text("1 2 3")
    notebook = folder / NOTEBOOK
    content = json.loads(notebook.read_text())
    for cell in content["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "softmax_forward":
            cell["source"] = (
                "from mine import softmax\nassert open('data/weights.txt').read() == '1 2 3'\ndef softmax_forward(x):\n    return softmax(x)"
            )
    notebook.write_text(json.dumps(content))
    found, remarks, _ = marks(honest)
    assert found["eve"] == CODE, remarks
