"""Hidden cases: each check cell of a chapter, which shows the visible cases, is joined with ``hidden/<function>.py`` beside the chapter.

A hidden file is ordinary Python in one order: imports, truth, ``hidden_cases(check)``, ``declared_mistakes(check)``. It knows nothing
of the chapter but the ``check`` that its functions are given. The rule of joining: before the last line of the check cell stands the
whole file, and after it the calls of its functions. So the built cell needs no other file:

.. code-block:: python

    check = Check("double", general=2)         # the chapter
    check.visible("one", 1.0, expected=2.0)
    ### BEGIN HIDDEN TESTS                     # hidden/double.py
    def hidden_cases(check):
        check.hidden("another", 3.0, expected=6.0)


    hidden_cases(check)                        # written by the build
    ### END HIDDEN TESTS
    check.points()                             # the chapter
"""

import ast
import re
import runpy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
FOLDER = "hidden"
LAST_LINE = "check.points()"
CASES, MISTAKES = "hidden_cases", "declared_mistakes"


class HiddenCasesError(ValueError):
    """A hidden file that is missing, cannot be read or belongs to no check; the message names the file and the remedy."""


@dataclass(frozen=True)
class HiddenFile:
    """What one check tries beyond its visible cases.

    Attributes
    ----------
    path
        ``hidden/<function>.py``.
    source
        Its text.
    functions
        Those that the built cell calls with its ``check``, in this order.
    """

    path: Path
    source: str
    functions: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """What stands in the check cell: the file, the calls, and nbgrader's markers around both."""
        calls = [f"{function}(check)" for function in self.functions]
        return [BEGIN_HIDDEN, *self.source.strip("\n").split("\n"), "", "", *calls, END_HIDDEN]


def join_hidden_cases(cells: Iterable[NotebookNode], chapter: Path) -> None:
    """Put the hidden files of a chapter into its check cells, which are changed.

    Parameters
    ----------
    cells
        All cells of the chapter, with its short attributes.
    chapter
        Its path; the hidden files lie in the folder ``hidden`` beside it.

    Raises
    ------
    HiddenCasesError
        If a check has no hidden file, a hidden file no check, one of them cannot be read, or the chapter hides something itself.
    """
    folder = chapter.parent / FOLDER
    files = {path.stem: path for path in sorted(folder.glob("*.py"))}
    for cell in cells:
        if _has_marker(cell.source):
            raise HiddenCasesError(
                f"{chapter}: a cell hides tests between markers; move what is between them to {folder}/<function>.py. "
                f"The cell begins: {cell.source[:60]!r}"
            )
        name = cell.metadata.get("check")
        if name is None:
            continue
        path = files.pop(name, None)
        if path is None:
            raise HiddenCasesError(
                f"{chapter}: the check of {name} has no hidden cases, so a function that knows the visible answers would earn all "
                f"points; write them into {folder / name}.py."
            )
        cell.source = _joined(cell.source, read_hidden_file(path), chapter)
    for name, path in files.items():
        raise HiddenCasesError(
            f'{path} belongs to no check: no cell of {chapter} has check="{name}"; rename the file, or remove it.'
        )


def read_hidden_file(path: Path) -> HiddenFile:
    """Read one hidden file.

    Raises
    ------
    HiddenCasesError
        If it is no Python, defines no ``hidden_cases``, or holds one of the markers that the build writes around it.
    """
    try:
        source = path.read_text(encoding="utf-8")
        body = ast.parse(source, filename=str(path)).body
    except SyntaxError as error:
        raise HiddenCasesError(f"{path} is no Python: {error.msg} in line {error.lineno}; correct this line.") from error
    except ValueError as error:
        raise HiddenCasesError(f"{path} is no Python: {error}; save it as plain text in UTF-8.") from error
    if _has_marker(source):
        raise HiddenCasesError(f"{path} holds a marker of hidden tests; remove it, as the build writes both around the file.")
    defined = {statement.name for statement in body if isinstance(statement, ast.FunctionDef)}
    if CASES not in defined:
        raise HiddenCasesError(f"{path} defines no {CASES}; put its cases into def {CASES}(check).")
    return HiddenFile(path, source, tuple(function for function in (CASES, MISTAKES) if function in defined))


def declared_sentences(path: Path) -> tuple[str, ...]:
    """The sentences of the mistakes that a hidden file declares, each once; none where there is no such file."""
    declare = runpy.run_path(str(path)).get(MISTAKES) if path.exists() else None
    listener = _Listener()
    if declare is not None:
        declare(listener)
    return tuple(dict.fromkeys(listener.sentences))


class _Listener:
    """Stands in the place of a ``check`` and keeps the sentences of the mistakes that are declared to it."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def mistake(self, sentence: str, function: Callable, output: str = "") -> None:
        """Keep a sentence; the mistake itself is not made."""
        self.sentences.append(sentence)

    def dimension(self, letter: str, meaning: str, size: Callable, averages: bool = True) -> None:
        """A size is no mistake."""


def _joined(source: str, hidden: HiddenFile, chapter: Path) -> str:
    *lines, last = source.rstrip().split("\n")
    if last != LAST_LINE:
        raise HiddenCasesError(
            f"{chapter}: the check of {hidden.path.stem} ends with {last!r}; its last line must be {LAST_LINE}, before which the "
            "hidden cases are tried."
        )
    return "\n".join([*lines, *hidden.lines, last])


def _has_marker(text: str) -> bool:
    # What nbgrader looks for: any line with these words.
    return re.search("(BEGIN|END) HIDDEN TESTS", text) is not None
