"""Whatever way a class's files come into ``submitted/``, each student has the marks that they deserve."""

import shutil
import zipfile

import pytest

from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.conftest import BY_ID, copy_course

NOTEBOOK = "neural_layers.ipynb"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What a run says of a class whose files came in many ways."""
    course = copy_course(tmp_path_factory.mktemp("drops") / "course")
    layers = course / "examples" / "submitted" / "perfect" / "layers" / NOTEBOOK
    first = course / "examples" / "submitted" / "perfect" / "differentiation" / "matrix_derivatives.ipynb"
    submitted = course / "submitted"
    submitted.mkdir()
    with zipfile.ZipFile(submitted / "HW2-123.zip", "w") as archive:
        archive.write(layers, "Ada Lovelace_123456_assignsubmission_file_/neural_layers (1).ipynb")
        archive.write(layers, 'Ким Анна_123457_assignsubmission_file_/Копия блокнота "neural_layers.ipynb".ipynb')
    for place, file in {
        "Bob Smith_99_assignsubmission_file_/Surname_HW1.ipynb": layers,
        f"carl /{NOTEBOOK}": layers,
        "carl /hw1.ipynb.txt": first,
        "[dora]/layers/deep/x.ipynb": layers,
        f"O'Hara, *?/layers/{NOTEBOOK}": layers,
    }.items():
        (submitted / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, submitted / place)
    (submitted / "erik" / "layers").mkdir(parents=True)
    with zipfile.ZipFile(submitted / "erik" / "layers" / "my.zip", "w") as archive:
        archive.write(layers, f"hw/{NOTEBOOK}")
    (submitted / "photo.jpg").write_bytes(b"x")
    lines: list[str] = []
    grade(course, choose_class(course), say=lines.append)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "submission",
    [
        "Ada Lovelace/layers", "Ким Анна/layers", "Bob Smith/layers", "carl /layers", "carl /differentiation", "[dora]/layers",
        "O'Hara, *?/layers", "erik/layers",
    ],
)  # fmt: skip
def test_every_student_is_graded(said, submission):
    code = BY_ID[submission.rpartition("/")[2]].points["code"]
    assert f"{submission}: {code:g} of {code:g} points for code" in said


def test_what_belongs_to_nobody_is_named(said):
    assert "photo.jpg: a file that belongs to no student" in said
