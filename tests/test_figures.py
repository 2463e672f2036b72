"""A figure that looks like the solution's is not drawn again; any other is."""

import base64

import pytest

from autograder.isolation.figures import MARK, picture_of, read_pictures
from autograder.isolation.sandbox import Sandbox
from tests.conftest import ASSIGNMENTS, ROOT, notebook_of, read_notebook

CELL = """
import matplotlib.pyplot as plt, numpy as np
figure, axes = plt.subplots()
axes.plot(np.arange(5.0), function(np.arange(5.0)), label="a curve")
axes.legend()
plt.show()
"""


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox({"layers": tmp_path_factory.mktemp("layers")}) as started:
        yield started


def key_of(sandbox, definition: str, cell: str = CELL) -> str:
    """The key that a student's process gives to what the cell draws."""
    with sandbox.session("layers") as session:
        # A process gives keys only of cells that have known figures: here, of any.
        session.run_cell("from IPython import get_ipython\nfrom matplotlib.figure import Figure", 10)
        session.run_cell("drawing = get_ipython().display_formatter.formatters['image/png'].for_type(Figure)\ndrawing.all_keys = True", 10)
        session.run_cell("draw = drawing._key\nkeys = []\ndrawing._key = lambda *figure: keys.append(draw(*figure)) or None", 10)
        session.run_cell(definition, 10)
        session.run_cell(cell, 10)
        (output,) = session.run_cell("print(keys[0])", 10)
    return output["text"].strip()


def test_a_figure_has_the_same_key_where_values_differ_by_rounding_alone(sandbox):
    key = key_of(sandbox, "def function(x): return 3 * x + 0.3")
    assert len(key) == 16 + 1 + 64
    assert key_of(sandbox, "def function(x): return x + x + x + 0.1 + 0.2") == key


@pytest.mark.parametrize(
    "other",
    [
        "def function(x): return 3.01 * x + 0.3",
        "def function(x): return np.where(x < 4, 3 * x + 0.3, np.nan)",
        "def function(x):\n    axes.set_title('mine')\n    return 3 * x + 0.3",
        "def function(x):\n    axes.set_yscale('log')\n    return 3 * x + 0.3",
        "def function(x):\n    axes.text(1, 1, 'a note')\n    return 3 * x + 0.3",
        "def function(x):\n    axes.set_xlim(0, 3)\n    return 3 * x + 0.3",
    ],
)
def test_a_figure_that_looks_different_has_another_key(sandbox, other):
    assert key_of(sandbox, other) != key_of(sandbox, "def function(x): return 3 * x + 0.3")


@pytest.mark.parametrize(
    "unknown",
    [
        "import matplotlib\nmatplotlib.rcParams['lines.linewidth'] = 5\ndef function(x): return 3 * x + 0.3",
        "def function(x):\n    axes.fill_between(x, x)\n    return 3 * x + 0.3",
    ],
)
def test_a_figure_that_is_not_understood_has_no_key(sandbox, unknown):
    assert key_of(sandbox, unknown) == "None"


def test_a_known_figure_is_put_in_and_an_unknown_one_is_drawn(sandbox):
    right, wrong = "def function(x): return 3 * x + 0.3", "def function(x): return x"
    known = {key_of(sandbox, right): "the picture"}
    for definition, expected in ((right, True), (wrong, False)):
        with sandbox.session("layers") as session:
            session.use_pictures(known)
            session.run_cell(definition, 10)
            (output,) = session.run_cell(CELL, 10)
        assert (output["data"]["image/png"] == "the picture") == expected
        assert expected or base64.b64decode(output["data"]["image/png"]).startswith(b"\x89PNG")


def test_a_process_cannot_name_a_picture_that_does_not_exist(sandbox):
    forged = f"from IPython.display import display\ndisplay({{'image/png': '{MARK}{'0' * 16}-{'0' * 64}'}}, raw=True)"
    with sandbox.session("layers") as session:
        session.use_pictures({"a" * 16 + "-" + "a" * 64: "the picture"})
        (output,) = session.run_cell(forged, 10)
    assert output["data"]["image/png"] == ""
    assert picture_of(MARK + "../../etc/passwd", {"../../etc/passwd": "x"}) is None


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def test_what_is_put_in_is_what_would_have_been_drawn(assignment):
    """Every figure of the perfect submission, with and without the solution's pictures, byte for byte."""
    submitted = ROOT / "examples" / "submitted" / "perfect" / assignment.identifier / f"{assignment.notebook}.ipynb"
    pictures = read_pictures(notebook_of("solutions", assignment))
    cells = [cell.source for cell in read_notebook(submitted).cells if cell.cell_type == "code" and not cell.metadata.nbgrader.get("grade")]
    found = []
    with Sandbox({assignment.identifier: ROOT / "source" / assignment.identifier}) as sandbox:
        for known in (pictures, {}):
            with sandbox.session(assignment.identifier) as session:
                session.use_pictures(known)
                outputs = [output for cell in cells for output in session.run_cell(cell, 60)]
            found.append([output["data"]["image/png"].strip() for output in outputs if "image/png" in output.get("data", {})])
    assert found[0] == found[1]
    assert len(pictures) == len(found[0]) > 4
