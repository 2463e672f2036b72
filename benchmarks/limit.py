"""The limit: what the notebooks compute by themselves, in a bare process without a sandbox, a check or a mark.

The cells are those that students may write in and those that show something; a check cell and one that reads a derivation are
grading. Each notebook has a fork of one process, which has imported everything already.
"""

import os
import resource
import shutil
import tempfile
from pathlib import Path

import nbformat

from autograder.grading.isolated import instructors_cells, pictures_of
from autograder.grading.reading import reads
from autograder.sandbox.shell import CellRunner


def bare_seconds(course: Path, drawn: bool) -> float:
    """Seconds of processor time for all notebooks of a class, one after the other.

    Parameters
    ----------
    course
        With the submissions in ``submitted/``.
    drawn
        Whether all pictures are drawn; else those that look like the solution's are named, as grading does it.
    """
    runner = CellRunner()
    runner.run("import numpy as np\nimport matplotlib.pyplot as plt\nplt.figure()\nplt.plot([1])\nplt.show()")
    runner.begin()
    for name in ("np", "plt"):
        runner.namespace.pop(name, None)
    before = _of_children()
    for notebook in sorted((course / "submitted").glob("*/*/*.ipynb")):
        process = os.fork()
        if process == 0:
            try:
                _run(runner, course, notebook, drawn)
            finally:
                os._exit(0)
        os.waitpid(process, 0)
    return _of_children() - before


def _run(runner: CellRunner, course: Path, notebook: Path, drawn: bool) -> None:
    assignment = notebook.parent.name
    known = instructors_cells(course / "source" / assignment / notebook.name)
    if not drawn:
        runner.sketches.chains = pictures_of(course / "solutions" / assignment / notebook.name).chains
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(course / "source" / assignment, scratch, dirs_exist_ok=True)
        os.chdir(scratch)
        for cell in nbformat.read(notebook, as_version=4).cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if cell.cell_type == "code" and name not in known.checks and not reads(known.locked.get(name, "")):
                runner.run(cell.source)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
