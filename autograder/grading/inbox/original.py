"""The instructor's notebook as the inbox sees it: which cells there are, and what students found in them."""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

_FUNCTION = re.compile(r"^def\s+(\w+)\s*\(", re.MULTILINE)


@dataclass(frozen=True)
class OriginalCell:
    """A cell of the instructor's notebook that nbgrader knows by name.

    Attributes
    ----------
    name
        Its ``grade_id``.
    kind
        ``"code"`` or ``"markdown"``.
    text
        As released.
    grading
        nbgrader's metadata, as released.
    functions
        Names that it defines, as released.
    """

    name: str
    kind: str
    text: str
    grading: dict[str, Any] = field(hash=False)
    functions: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether students write in it."""
        return bool(self.grading.get("solution"))

    @property
    def is_writeup(self) -> bool:
        """Whether students derive something in it."""
        return self.is_answer and self.kind == "markdown"

    @property
    def is_task(self) -> bool:
        """Whether a person gives points for it though nobody writes in it: the oral defence."""
        return bool(self.grading.get("task"))

    @property
    def is_check(self) -> bool:
        """Whether it is graded by running it."""
        return bool(self.grading.get("grade")) and not self.is_answer


@dataclass(frozen=True)
class Original:
    """The cells of the instructor's notebook.

    Attributes
    ----------
    cells
        Those that nbgrader knows by name, in their order.
    prose
        Texts of all other cells.
    """

    cells: tuple[OriginalCell, ...]
    prose: tuple[str, ...] = ()

    @property
    def by_name(self) -> dict[str, OriginalCell]:
        """The cells by name."""
        return {cell.name: cell for cell in self.cells}

    @property
    def order(self) -> dict[str, int]:
        """The place of each cell."""
        return {cell.name: place for place, cell in enumerate(self.cells)}


def read_original(released: Path) -> Original:
    """What was released of an assignment's notebook."""
    return _read(released, released.stat().st_mtime_ns)


@lru_cache(maxsize=20)
def _read(released: Path, changed: int) -> Original:
    named, prose = [], []
    for cell in json.loads(released.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        grading = cell["metadata"].get("nbgrader")
        if grading is None:
            prose.append(text)
            continue
        functions = tuple(_FUNCTION.findall(text)) if cell["cell_type"] == "code" else ()
        named.append(OriginalCell(grading["grade_id"], cell["cell_type"], text, grading, functions))
    return Original(tuple(named), tuple(prose))
