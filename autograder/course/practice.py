"""``release/practice/``: the notebook for practice, which is not graded, with the one file that it needs."""

from pathlib import Path

import jupytext
import nbformat

from autograder.course.student_wheel import write_student_wheel

MASTER = Path("practice") / "practice.md"
FOLDER = "practice"


def has_practice(root: Path) -> bool:
    """Whether the course has a notebook for practice."""
    return (root / MASTER).is_file()


def build_practice(root: Path, folder: Path) -> None:
    """Write the notebook and the wheel into a new folder."""
    folder.mkdir()
    notebook = jupytext.reads((root / MASTER).read_text(encoding="utf-8"), "md")
    for number, cell in enumerate(notebook.cells):
        # The same file from the same master: random names would change it with every build.
        cell["id"] = f"practice-{number:02}"
        cell.metadata = nbformat.NotebookNode()
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.write(notebook, folder / "practice.ipynb")
    write_student_wheel(folder)
