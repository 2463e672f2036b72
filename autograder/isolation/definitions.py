"""Where in a notebook a function is defined, for a student whose check found none, or an old one."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")


class Cell(Protocol):
    """A code cell."""

    @property
    def source(self) -> str:
        """Its text."""
        ...

    @property
    def check(self) -> str:
        """Name of the function that it checks; empty where it is no check."""
        ...


def note_on_definitions(name: str, place: int, cells: Sequence[Cell], outputs: list[list[dict[str, Any]]]) -> str:
    """A sentence on where a function is defined, if that explains why its check failed; else nothing.

    Parameters
    ----------
    name
        Of the function.
    place
        Of its check, among the cells.
    cells
        All code cells.
    outputs
        Of the cells, as far as they are known.
    """
    defining = [number for number, cell in enumerate(cells) if not cell.check and defines(name, cell.source)]
    before = [number for number in defining if number < place]
    broken = [number for number in before if number < len(outputs) and _has_syntax_error(outputs[number])]
    if broken and broken[-1] == before[-1]:
        which = "so an earlier definition was tried" if len(before) > len(broken) else "so it is not defined"
        return f"the cell that defines {name} has a syntax error, {which}."
    if defining and defining[-1] > place:
        return f"{name} is defined further down, below its check: move that definition up."
    return ""


def defines(name: str, source: str) -> bool:
    """Whether a cell seems to define a function."""
    pattern = rf"^[ \t]*(?:async[ \t]+)?def[ \t]+{re.escape(name)}[ \t]*\(|^{re.escape(name)}[ \t]*=(?!=)"
    return re.search(pattern, source, re.MULTILINE) is not None


def _has_syntax_error(outputs: list[dict[str, Any]]) -> bool:
    return any(output.get("output_type") == "error" and output.get("ename") in SYNTAX_ERRORS for output in outputs)
