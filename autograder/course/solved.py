"""The solved notebook: executed once, without hidden tests, and its page that opens offline."""

import copy
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from autograder.course.master import BEGIN_HIDDEN, BEGIN_RUBRIC, END_HIDDEN, END_RUBRIC, without_solution_markers

SECONDS_PER_CELL = 120


def solve(source: Path, digest: str) -> nbformat.NotebookNode:
    """Execute an instructor notebook in its folder and take out what only graders need.

    Parameters
    ----------
    source
        The notebook, in a folder that holds its data and the student-facing package.
    digest
        What the notebook was built from; kept in its metadata, so that the next build knows whether it is stale.

    Raises
    ------
    RuntimeError
        If a cell raises, or a check does not give all its points: the course's own solutions must be right.
    """
    notebook = nbformat.read(source, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(source.parent)}},
        record_timing=False,
        # Else what one print call wrote may be cut in two, differently each time.
        coalesce_streams=True,
        # A history file would be shared with the user's own sessions; the kernel's remarks on its transport help nobody here.
        extra_arguments=["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"],
    )
    client.execute()
    _all_points(notebook, source)
    solved = copy.deepcopy(notebook)
    for cell in solved.cells:
        cell.source = without_solution_markers(without_hidden_tests(cell.source))
        for delimiter in (BEGIN_RUBRIC, END_RUBRIC):
            cell.source = cell.source.replace(delimiter + "\n\n", "").replace("\n\n" + delimiter, "")
    solved.metadata = {
        "kernelspec": notebook.metadata["kernelspec"],
        "language_info": {"name": "python"},
        "course": {"built_from": digest},
    }
    return solved


def without_hidden_tests(source: str) -> str:
    """The text of a cell without the lines between nbgrader's hidden-test markers, and without the markers."""
    pattern = rf"^[^\n]*{re.escape(BEGIN_HIDDEN)}.*?{re.escape(END_HIDDEN)}[^\n]*\n?"
    return re.sub(pattern, "", source, flags=re.DOTALL | re.MULTILINE)


def _all_points(notebook, source: Path) -> None:
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not grading.get("grade"):
            continue
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        if len(results) != 1 or float(results[0].data["text/plain"]) != grading["points"]:
            printed = "".join(output.get("text", "") for output in cell.outputs)
            raise RuntimeError(f"{source}: the course's own solution does not earn all points of {grading['grade_id']}:\n{printed}")
