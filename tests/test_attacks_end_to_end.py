"""Attacks that a stranger made up, on whole notebooks, beside an honest student: marks, pages, and what the run says."""

import io
import zipfile

import nbformat
import pytest

from autograder.course.release import load_config
from autograder.grading.remarks import MOST_LETTERS, MOST_SENTENCES
from autograder.pages.page import MOST_ELEMENTS, FeedbackExporter
from autograder.sandbox.replay import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.two_runs import Step, run_twice
from tests.conftest import ROOT
from tests.test_links import CODE, NOTEBOOK, honest, marks, put, swept  # noqa: F401

# Checks of three functions, the second of which may call the other two. Not all of them are over when it is tried.
CASES = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("{name}", general=2, edge=1, care=1)
{given}
check.hidden("one", np.array([1.5, 3.0]), truth=lambda x: {truth})
check.hidden("another", np.array([2.5, 4.0]), truth=lambda x: {truth}, group="edge")
check.hidden("a last one", np.array([3.5, 5.0]), truth=lambda x: {truth}, group="care")
check.points()
"""
GIVEN = 'check.substitute("def first(x):\\n    return 2 * x\\n\\n\\ndef third(x):\\n    return 3 * x\\n")'


def checked(name: str, truth: str, given: str = "") -> Step:
    return Step(CASES.format(name=name, truth=truth, given=given), check=name, visible="", points=4.0)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assignments") / "layers"
    folder.mkdir()
    with Sandbox({"layers": folder}) as started:
        yield started


def points(sandbox, *cells) -> list[float]:
    """Of each check among the cells."""

    def start(computing, wall):
        return sandbox.session("layers", computing, wall)

    steps = [cell if isinstance(cell, Step) else Step("import numpy as np\n" + cell) for cell in cells]
    report = run_twice(steps, start, start, 5.0, Budget(60.0, 120.0))
    return [float(outputs[-1]["data"]["text/plain"]) for step, outputs in zip(steps, report.outputs) if step.check]


THEFTS = {
    "the functions": "kept.extend([first, *(v for v in first.__globals__.values() if callable(v))])",
    "a function that was defined beside them": "kept.append(first.__globals__['third'])",
    "by the objects of the process": "import gc; kept.extend(f for f in gc.get_objects() if getattr(f, '__name__', '') == 'third')",
    "by a file": "import inspect; open('kept', 'w').write('def third(x):\\n    return x * %d' % int(first.__globals__['third'](1)))",
    "by a file elsewhere": "import os; open('/dev/shm/kept', 'w').write('3')",
    "by the environment": "import os; os.environ['KEPT'] = '3'",
}
THIRD = """
def third(x):
    import os
    for f in kept:
        if f.__name__ == "third":
            return f(x)
    if os.path.exists("kept"):
        scope = {}
        exec(open("kept").read(), scope)
        return scope["third"](x)
    return (int(os.environ.get("KEPT", 0)) or os.path.exists("/dev/shm/kept") * 3) * x
"""


# A check that is still to come


@pytest.mark.parametrize("theft", THEFTS.values(), ids=THEFTS)
def test_a_right_function_that_stands_in_for_another_earns_nothing_in_a_later_check(sandbox, theft):
    second = f"kept = []\ndef second(x):\n    if first.__module__ == 'given':\n        {theft}\n    return first(x)"
    cells = ["def first(x):\n    return 0 * x", checked("first", "2 * x"), second, checked("second", "2 * x", GIVEN)]
    assert points(sandbox, *cells, THIRD, checked("third", "3 * x")) == [0.0, 4.0, 0.0]


def test_right_functions_after_one_that_needed_help_keep_their_marks_and_what_the_cells_made(sandbox):
    second = "factor = 1\ndef second(x):\n    return factor * first(x)"
    cells = ["def first(x):\n    return 0 * x", checked("first", "2 * x"), second, checked("second", "2 * x", GIVEN), "factor += 2"]
    third = "def third(x):\n    return factor * x"
    assert points(sandbox, *cells, third, checked("third", "3 * x")) == [0.0, 4.0, 4.0]


# What is said of one submission


def many_archives(folder):
    with zipfile.ZipFile(folder / "all.zip", "w") as outer:
        for number in range(60):
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as archive:
                archive.writestr("../../honest/layers/neural_layers.ipynb", "{}")
            outer.writestr(f"{number}.zip", inner.getvalue())


def many_unknown_cells(folder):
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    for number in range(500):
        flags = {
            "grade": True,
            "solution": True,
            "locked": False,
            "task": False,
            "points": 1,
            "schema_version": 3,
            "cell_type": "markdown",
        }
        claimed = {**flags, "grade_id": f"other_{number}_" + "x" * 80}
        notebook.cells.append(nbformat.v4.new_markdown_cell("text", metadata={"nbgrader": claimed}))
    nbformat.write(notebook, folder / NOTEBOOK)


def test_the_remarks_on_one_submission_do_not_drown_those_on_others(honest):  # noqa: F811
    floods = {flood.__name__: flood for flood in (many_archives, many_unknown_cells)}
    for student, flood in floods.items():
        flood(put(honest, student))
    found, remarks, _ = marks(honest)
    assert found == dict.fromkeys(("honest", *floods), CODE)
    for student in floods:
        assert 0 < len(remarks[f"{student}/layers"]) <= MOST_SENTENCES
        assert max(map(len, remarks[f"{student}/layers"])) <= MOST_LETTERS + 3


# Pages


def test_a_page_holds_a_bounded_number_of_elements_however_many_outputs_there_are(monkeypatch):
    monkeypatch.setattr("autograder.pages.page.MOST_ELEMENTS", MOST_ELEMENTS // 100)
    outputs = [nbformat.v4.new_output("display_data", {"text/html": "<div>" * 500}) for _ in range(20)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("show()", outputs=outputs)])
    page = FeedbackExporter(config=load_config(ROOT)).from_notebook_node(notebook)[0]
    assert 2 * 500 <= page.count("<div>") <= MOST_ELEMENTS // 100
    assert page.count("&lt;div&gt;") >= 10 * 500
