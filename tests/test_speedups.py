"""The patches of nbgrader for speed change nothing but the speed, and are for versions that are known."""

import os
import shutil
import subprocess
import sys

import nbgrader
import nbgrader.api
import pytest
import sqlalchemy
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat.v1 import MetadataValidatorV1
from nbgrader.nbgraderformat.v2 import MetadataValidatorV2
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from autograder.grading.classes import choose_class
from autograder.grading.patches import speedups
from autograder.grading.run import grade
from tests.conftest import ROOT

GRADE = """
import pathlib, sys
import nbgrader, nbgrader.api
import sqlalchemy
nbgrader.__version__ = sys.argv[2]
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
root = pathlib.Path(sys.argv[1])
grade(root, choose_class(root), again=True, workers=1)
print("patched" if nbgrader.api.create_engine is not sqlalchemy.create_engine else "as it is")
"""
KNOWN, UNKNOWN = speedups.KNOWN_VERSIONS[-1], "0.0.0"


def said_when_graded(course, version: str) -> list[str]:
    """The lines of a run, in a process of its own that takes its nbgrader for this version."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", GRADE, str(course), version]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()


def said_when_graded_here(course) -> list[str]:
    """The same in this process, whose nbgrader is the one that the course installs."""
    said: list[str] = []
    grade(course, choose_class(course), again=True, workers=1, say=said.append)
    return [*said, "patched" if nbgrader.api.create_engine is not sqlalchemy.create_engine else "as it is"]


def marks_and_comments(course) -> dict:
    """All that the gradebook holds of each cell."""
    found = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    for row in notebook.grades:
                        place = submission.student.id, assignment.name, row.cell.name
                        found[place] = [row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade, row.max_score]
                    for row in notebook.comments:
                        place = submission.student.id, assignment.name, row.cell.name
                        found.setdefault(place, []).append((row.auto_comment, row.manual_comment))
    return found


def test_with_and_without_the_patches_every_cell_has_the_same_marks_and_comments(course):
    for student, source in (("ada", "seed"),):
        shutil.copytree(course / "examples" / "submitted" / source / "layers", course / "submitted" / student / "layers")
    graded = {}
    for version, state in ((KNOWN, "patched"), (UNKNOWN, "as it is")):
        # What is patched in a process stays so, and this one is.
        said = said_when_graded(course, version) if version == UNKNOWN else said_when_graded_here(course)
        assert said[-1] == state
        assert any("without the patches for speed" in line for line in said) is (version == UNKNOWN)
        graded[version] = marks_and_comments(course)
        (course / "gradebook.db").unlink()
    different = {place: (graded[KNOWN].get(place), graded[UNKNOWN].get(place)) for place in graded[KNOWN] | graded[UNKNOWN]}
    assert {place: pair for place, pair in different.items() if pair[0] != pair[1]} == {}
    assert {student for student, *_ in different} == {"ada"}


def test_the_version_that_the_course_installs_is_known():
    assert f"nbgrader=={nbgrader.__version__}" in (ROOT / "requirements.txt").read_text().split()
    assert nbgrader.__version__ in speedups.KNOWN_VERSIONS


def test_with_another_version_nothing_is_patched_and_one_line_says_so(monkeypatch):
    monkeypatch.setattr(nbgrader, "__version__", "0.9.7")
    before = nbgrader.api.create_engine, Gradebook.find_grade
    said: list[str] = []
    speedups.speed_up_nbgrader(say=said.append)
    assert (nbgrader.api.create_engine, Gradebook.find_grade) == before
    assert said == ["nbgrader 0.9.7 is used as it is, without the patches for speed: 0.9.6 is known."]


@pytest.mark.parametrize("kind", [MetadataValidatorV1, MetadataValidatorV2, MetadataValidatorV3])
def test_the_schema_that_is_read_once_is_that_of_its_version(kind):
    class Known(kind):
        __init__ = speedups._with_known_schema

    assert Known().schema == kind().schema
    assert Known().schema is Known().schema
