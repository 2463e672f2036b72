"""The files of the bank: wrong solutions in ``mutants/``, right ones in ``alternatives/``, one small file each."""

import ast
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import Assignment


@dataclass(frozen=True)
class BankFile:
    """One solution of one function.

    Attributes
    ----------
    function
        The function that it solves, the name of its folder.
    name
        The mistake or the style, the name of the file.
    source
        The text that takes the place of the solution cell.
    description
        First line of the docstring.
    diagnosis
        For a mutant: what the check must say, or an empty string where nothing certain can be said.
    """

    function: str
    name: str
    source: str
    description: str
    diagnosis: str


def read_bank(assignment: Assignment, kind: str) -> list[BankFile]:
    """All files of ``"mutants"`` or ``"alternatives"`` of an assignment, by function and name.

    Raises
    ------
    ValueError
        If a file has no docstring, does not define its function, or is a mutant without ``DIAGNOSIS``.
    """
    return [_read(path, kind) for path in sorted((assignment.folder / kind).glob("*/*.py"))]


def _read(path: Path, kind: str) -> BankFile:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, filename=str(path))
    description = (ast.get_docstring(tree) or "").split("\n")[0]
    values = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    defined = {statement.name for statement in tree.body if isinstance(statement, ast.FunctionDef)} | set(values)
    if not description:
        raise ValueError(f"{path} needs a docstring that says what is wrong, or how the solution is written.")
    if path.parent.name not in defined:
        raise ValueError(f"{path} does not define {path.parent.name}, the function that its folder is named for.")
    if kind == "mutants" and "DIAGNOSIS" not in values:
        raise ValueError(f'{path} needs DIAGNOSIS = "...": what the check should say, or an empty string.')
    diagnosis = ast.literal_eval(values["DIAGNOSIS"]) if "DIAGNOSIS" in values else ""
    return BankFile(path.parent.name, path.stem, source, description, diagnosis)
