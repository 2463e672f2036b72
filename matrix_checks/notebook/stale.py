"""Whether the function that a check finds is still the one that its cell defines."""

import ast
import json
import linecache
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST_NOTEBOOK = 100_000_000


@dataclass(frozen=True)
class SavedCell:
    """The cell of a function in a saved notebook: its text, and the number of its last run."""

    source: str
    run: int


def stale_definition(name: str, namespace: dict[str, Any], folder: Path | str = ".") -> str:
    """A sentence where the function of a notebook's kernel is older than its cell; else an empty string.

    A cell with a syntax error defines nothing, and a cell that defines another name leaves the old one: in both cases the function
    of before is still there, and is what a check tries. The kernel's own list of what it ran says so, and the saved notebook does:
    a cell keeps there the number of its last run when its text is changed.

    Parameters
    ----------
    name
        Of the function, and of its cell.
    namespace
        The names of the notebook; ``In`` is what the kernel ran.
    folder
        Where the notebook lies.
    """
    ran, code = namespace.get("In"), getattr(namespace.get(name), "__code__", None)
    if not isinstance(ran, list) or code is None:
        return ""
    text = "".join(linecache.getlines(code.co_filename)).strip()
    runs = [number for number, source in enumerate(ran) if text and str(source).strip() == text]
    if not runs:
        return ""
    later = _later_run(name, [str(source) for source in ran[runs[-1] + 1 :]])
    return later or _saved_later(name, text, runs[-1], _saved_cell(name, Path(folder)))


def _later_run(name: str, later: list[str]) -> str:
    broken = [line for source in later if _defines(name, source) and (line := _line_of_syntax_error(source))]
    if broken:
        return (
            f"the cell that defines {name} was run again with a syntax error in line {broken[-1]}: an earlier definition was tried."
        )
    return ""


def _saved_later(name: str, text: str, run: int, cell: SavedCell | None) -> str:
    if cell is None or cell.run < run or cell.source.strip() == text:
        # Nothing was saved since the function was defined, or just what was run.
        return ""
    if line := _line_of_syntax_error(cell.source):
        return f"the cell of {name}, as it is saved, has a syntax error in line {line}: an earlier definition was tried."
    if not _defines(name, cell.source):
        return f"the cell of {name}, as it is saved, defines no {name} any more: an earlier definition was tried. Was it renamed?"
    if cell.run == run:
        return f"the cell of {name} was changed after it was run: run it again, and then this check."
    return ""


def _saved_cell(name: str, folder: Path) -> SavedCell | None:
    """The cell of the notebook that was saved last."""
    notebooks = [path for path in folder.glob("*.ipynb") if path.stat().st_size <= LARGEST_NOTEBOOK]
    for path in sorted(notebooks, key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
                    return SavedCell("".join(cell["source"]), int(cell.get("execution_count") or 0))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return None


def _defines(name: str, source: str) -> bool:
    return re.search(rf"^[ \t]*def[ \t]+{re.escape(name)}\b|^{re.escape(name)}[ \t]*=(?!=)", source, re.MULTILINE) is not None


def _line_of_syntax_error(source: str) -> int:
    """The line of the first error; 0 where there is none, or a magic may only look like one."""
    if re.search(r"^\s*[%!]", source, re.MULTILINE):
        return 0
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error.lineno or 1
    except ValueError:
        return 1
    return 0
