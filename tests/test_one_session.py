"""Gradebooks of one submission share a session, and find in it what they would find in sessions of their own."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

# The patches are of a process; each test has one of its own.
BEGIN = """
import sys
from nbgrader.api import Gradebook, MissingEntry
from autograder.grading.patches.one_session import one_session
from autograder.grading.patches.speedups import speed_up_nbgrader
speed_up_nbgrader(lasting=False)
url = f"sqlite:///{sys.argv[1]}/gradebook.db"
def opened():
    return Gradebook(url, "")
with opened() as gradebook:
    gradebook.add_assignment("layers")
    gradebook.add_notebook("neural", "layers")
    gradebook.add_grade_cell("check_f", "neural", "layers", max_score=5, cell_type="code")
    gradebook.add_source_cell("check_f", "neural", "layers", cell_type="code")
place = "check_f", "neural", "layers", "ada"
def hand_in():
    with opened() as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission("layers", "ada")
def mark(points):
    with opened() as gradebook:
        gradebook.find_grade(*place).auto_score = points
        gradebook.db.commit()
def score():
    with opened() as gradebook:
        return gradebook.find_submission_notebook("neural", "layers", "ada").score
"""


def run(folder, script: str) -> None:
    """Run a script behind the beginning, with a gradebook of its own."""
    subprocess.run([sys.executable, "-c", BEGIN + script, str(folder)], check=True, cwd=ROOT)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("with one_session():\n    hand_in(); mark(3)\nassert score() == 3", id="what is written is there behind it"),
        pytest.param(
            "with one_session():\n    hand_in(); mark(3); assert score() == 3; mark(4); assert score() == 4",
            id="sums are computed anew",
        ),
        pytest.param(
            "with one_session():\n    hand_in()\n    with opened() as one: first = one.db()\n    with opened() as two: assert two.db() is first\n"
            "with opened() as one, opened() as two: assert one.db() is not two.db()",
            id="shared in the block only",
        ),
        pytest.param(
            "with one_session():\n    hand_in()\n    with opened() as one: first = one.find_student('ada')\n"
            "    with opened() as two: assert two.find_student('ada') is first\n"
            "with one_session(), opened() as one: assert one.find_student('ada') is not first",
            id="a row is asked for once in a session",
        ),
        pytest.param(
            "with one_session():\n    with opened() as gradebook:\n        try: gradebook.find_student('ada')\n        except MissingEntry: pass\n"
            "        else: raise SystemExit('found')\n    hand_in()\n    with opened() as gradebook: assert gradebook.find_student('ada').id == 'ada'",
            id="what was missing is asked for again",
        ),
        pytest.param(
            "with one_session():\n    hand_in()\n    with opened() as gradebook:\n        gradebook.update_or_create_student('bob')\n"
            "        gradebook.update_or_create_submission('layers', 'bob')\n"
            "        one, two = (gradebook.find_submission_notebook('neural', 'layers', name) for name in ('ada', 'bob'))\n"
            "        assert (one.student.id, two.student.id) == ('ada', 'bob')",
            id="students are told apart",
        ),
        pytest.param(
            "hand_in(); mark(3)\ntry:\n    with one_session():\n        mark(4); raise KeyError\nexcept KeyError: pass\nassert score() == 3",
            id="what was not finished is taken back",
        ),
    ],
)
def test_a_shared_session(tmp_path, script):
    run(tmp_path, script)
