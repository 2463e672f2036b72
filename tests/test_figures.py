"""A figure that looks like the solution's is not drawn again; any other is."""

import base64
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.figures import MARK, Pictures, cell_key, picture_of, read_pictures
from autograder.sandbox.sandbox import Sandbox
from tests.conftest import ASSIGNMENTS, KNOWN, ROOT, notebook_of, read_notebook

IMPORTS = "import matplotlib.pyplot as plt, numpy as np\nfrom matrix_checks.notebook import look"
RIGHT = "def function(x): return 3 * x + 0.3"
CELL = """
figure, axes = plt.subplots()
axes.plot(np.arange(5.0), function(np.arange(5.0)), label="a curve")
axes.legend()
plt.show()
"""
TWO = CELL + CELL.replace("function(np.arange(5.0))", "function(np.ones(5))")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox({"layers": tmp_path_factory.mktemp("layers")}) as started:
        yield started


@cache
def solution(cell: str, definition: str = RIGHT) -> Pictures:
    """What a solved notebook with this cell would say of its figures: ``first``, ``second`` in the place of pictures."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in (IMPORTS, definition, cell)])
    with TemporaryDirectory() as folder:
        nbformat.write(notebook, Path(folder) / "solved.ipynb")
        command = [sys.executable, "-m", "autograder.sandbox.name_figures", f"{folder}/solved.ipynb"]
        said = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "MPLBACKEND": ""}, capture_output=True, text=True, check=True
        ).stdout
    pictures = Pictures()
    for _, chain, keys in json.loads(said.splitlines()[-1]):
        pictures.chains[cell_key(cell)] = chain
        names = ("first", "second")
        pictures.shown.update({key: {"image/png": name, "text/plain": "a figure"} for (_, key), name in zip(keys, names)})
    return pictures


def outputs_of(sandbox, definition: str, cell: str, pictures: Pictures, after: str = "") -> list[str]:
    """What a cell shows, and one after it, where the process knows the solution's figures: names of pictures, ``drawn``, or text."""
    with sandbox.session("layers") as session:
        session.use_pictures(pictures)
        session.run_cell(IMPORTS, 10)
        session.run_cell(definition, 10)
        outputs = session.run_cell(cell, 10) + (session.run_cell(after, 10) if after else [])
    return [_in_words(output) for output in outputs]


def _in_words(output: dict) -> str:
    picture = output.get("data", {}).get("image/png")
    if picture is None:
        return output.get("text", output.get("ename"))
    return "drawn" if picture not in ("first", "second") and base64.b64decode(picture).startswith(b"\x89PNG") else picture


@pytest.mark.parametrize("definition", [RIGHT, "def function(x): return x + x + x + 0.1 + 0.2"])
def test_a_figure_that_differs_by_rounding_alone_is_put_in(sandbox, definition):
    assert outputs_of(sandbox, definition, CELL, solution(CELL)) == ["first"]


@pytest.mark.parametrize(
    "other",
    [
        "def function(x): return 3.01 * x + 0.3",
        "def function(x): return np.where(x < 4, 3 * x + 0.3, np.nan)",
        "def function(x): return 1e6 + 3 * x + 0.3",
        "def function(x): return [3 * each + 0.3 for each in x][:4] + [100.0]",
        "def function(x):\n    axes.set_title('mine')\n    return 3 * x + 0.3",
        "def function(x):\n    axes.set_yscale('log')\n    return 3 * x + 0.3",
        "def function(x):\n    axes.text(1, 1, 'a note')\n    return 3 * x + 0.3",
        "def function(x):\n    plt.gca().set_xlim(0, 3)\n    return 3 * x + 0.3",
        "def function(x):\n    axes.fill_between(x, x)\n    return 3 * x + 0.3",
        "import matplotlib\nmatplotlib.rcParams['lines.linewidth'] = 5\n" + RIGHT,
        "plt = None\nimport matplotlib.pyplot as other\nplt = type('Mine', (), {'subplots': other.subplots, 'show': other.show})\n"
        + RIGHT,
    ],
)
def test_a_figure_that_may_look_different_is_drawn(sandbox, other):
    assert set(outputs_of(sandbox, other, CELL, solution(CELL))) == {"drawn"}


def test_a_cell_that_does_more_than_draw_is_always_drawn(sandbox):
    cell = CELL.replace("axes.legend()", "axes.spines['top'].set_visible(False)")
    assert solution(cell) == Pictures()
    assert outputs_of(sandbox, RIGHT, cell, solution(cell)) == ["drawn"]


def test_where_the_second_figure_differs_the_first_is_put_in_and_shown_once(sandbox):
    assert outputs_of(sandbox, RIGHT, TWO, solution(TWO)) == ["first", "second"]
    other = "def function(x): return 3 * x + 0.3 if x[0] == 0 else 7 * x"
    assert outputs_of(sandbox, other, TWO, solution(TWO)) == ["first", "drawn"]


def test_what_the_cell_leaves_behind_is_real(sandbox):
    after = "axes.set_title('later')\nprint(axes.get_title(), type(axes.figure).__name__, len(axes.lines), figure.axes[0] is axes.lines[0].axes, plt.get_fignums())"
    assert outputs_of(sandbox, RIGHT, CELL, solution(CELL), after) == ["first", "later Figure 1 True []\n"]


def test_a_figure_that_was_not_asked_for_is_shown_at_the_end_of_its_cell(sandbox):
    cell = CELL.replace("axes.legend()\nplt.show()", "legend = axes.legend()")
    assert outputs_of(sandbox, RIGHT, cell, Pictures(chains={cell_key(cell): solution(CELL).chains[cell_key(CELL)]})) == ["drawn"]


def test_an_exception_leaves_no_half_drawn_figure(sandbox):
    cell = "with look():" + CELL.replace("\n", "\n    ")
    assert outputs_of(sandbox, RIGHT, cell, solution(cell)) == ["first"]
    raising = outputs_of(sandbox, "def function(x): raise ValueError('no')", cell, solution(cell))
    assert raising == ["This cell stopped: ValueError in function: no\n"]
    wrong_shape = outputs_of(sandbox, "def function(x): return x[:2]", cell, solution(cell))
    assert len(wrong_shape) == 1 and wrong_shape[0].startswith("This cell stopped: ValueError")


def test_a_process_cannot_name_a_picture_that_does_not_exist(sandbox):
    forged = f"from IPython.display import display\ndisplay({{'image/png': '{MARK}{'0' * 16}-{'0' * 64}'}}, raw=True)"
    known = Pictures({"a" * 16 + "-" + "a" * 64: {"image/png": "first"}})
    with sandbox.session("layers") as session:
        session.use_pictures(known)
        (output,) = session.run_cell(forged, 10)
    assert output["data"] == {}
    assert picture_of(MARK + "../../etc/passwd", Pictures({"../../etc/passwd": {"image/png": "x"}})) == {}


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def test_what_is_put_in_is_what_would_have_been_drawn(assignment):
    """Every figure of the perfect submission, with and without the solution's pictures, byte for byte."""
    submitted = ROOT / "examples" / "submitted" / "perfect" / assignment.identifier / f"{assignment.notebook}.ipynb"
    pictures = read_pictures(notebook_of("solutions", assignment))
    cells = [
        cell.source
        for cell in read_notebook(submitted).cells
        if cell.cell_type == "code" and not cell.metadata.nbgrader.get("grade")
    ]
    found = []
    with Sandbox({assignment.identifier: ROOT / "source" / assignment.identifier}) as sandbox:
        for known in (pictures, Pictures()):
            with sandbox.session(assignment.identifier) as session:
                session.use_pictures(known)
                outputs = [output for cell in cells for output in session.run_cell(cell, 60)]
            shown = [output["data"] for output in outputs if "image/png" in output.get("data", {})]
            found.append([{kind: text.strip() for kind, text in data.items()} for data in shown])
    assert found[0] == found[1]
    assert len(pictures.shown) <= len(found[0])
    if assignment.identifier in KNOWN:
        assert len(pictures.shown) == len(found[0]) > 4
