"""The solved notebook: executed once, without hidden tests, and its page that opens offline."""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

import autograder
from autograder.course.hidden_cases import BEGIN_HIDDEN, END_HIDDEN
from autograder.course.master import BEGIN_RUBRIC, END_RUBRIC, without_solution_markers

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
    client.execute(env=instructors_environment())
    _all_points(notebook, source)
    solved = copy.deepcopy(notebook)
    for cell in solved.cells:
        cell.source = without_solution_markers(without_hidden_tests(cell.source))
        for delimiter in (BEGIN_RUBRIC, END_RUBRIC):
            cell.source = cell.source.replace(delimiter + "\n\n", "").replace("\n\n" + delimiter, "")
        if cell.cell_type == "code" and cell.source.startswith("check_writeup("):
            # What it prints says when the notebook was saved, which would make every build another.
            cell.outputs = [output for output in cell.outputs if output.output_type == "display_data"]
    _name_figures(solved, source.parent)
    solved.metadata = {
        "kernelspec": notebook.metadata["kernelspec"],
        "language_info": {"name": "python"},
        "course": {"built_from": digest},
    }
    return solved


def instructors_environment() -> dict[str, str]:
    """Of a process that finds the instructor's package, too, wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(Path(autograder.__file__).resolve().parent.parent)}


def _name_figures(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Put the keys of the figures beside them, so that grading need not draw them again."""
    with tempfile.NamedTemporaryFile("w", suffix=".ipynb", encoding="utf-8") as file:
        file.write(nbformat.writes(notebook))
        file.flush()
        # In a process of its own, because a shell is one to a process.
        command = [sys.executable, "-m", "autograder.sandbox.name_figures", file.name]
        result = subprocess.run(command, cwd=folder, env=instructors_environment(), capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"the figures of {folder} could not be named:\n{result.stderr[-2000:]}")
    for number, chain, keys in json.loads(result.stdout.splitlines()[-1]):
        notebook.cells[number].metadata["drawing"] = chain
        for output, key in keys:
            notebook.cells[number].outputs[output].metadata["figure"] = key


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
