"""What is still there in a mangled file, found without any of the course's code: the text of each answer, and each loss of form."""

import ast
import functools
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.mangling.cells import Cell, Notebook, flags_of, is_check, is_solution, is_writeup, label_of, text_of

FLAGS = ("grade", "solution", "locked", "task", "points")
SHORTEST_LINE = 15


def squeezed(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


# An edit leaves most cells of a notebook as they are, so that the same texts come hundreds of times.
@functools.lru_cache(maxsize=4096)
def functions_in(text: str) -> dict[str, str]:
    """The functions that a text defines if it is Python, by name, as the parser sees them; of several the last."""
    lines = (line for line in text.replace("\r\n", "\n").split("\n") if not line.startswith("%"))
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return {}
    return {node.name: ast.dump(node) for node in tree.body if isinstance(node, ast.FunctionDef)}


def is_stub(dump: str) -> bool:
    return "NotImplementedError" in dump and "Return(" not in dump


@dataclass
class Answers:
    """The perfect notebook of an assignment, and what was released of it.

    Attributes
    ----------
    right
        By function, how the parser sees the right answer.
    lines
        By write-up, its lines that stand in no other cell.
    released
        The instructor's cells by name, in their order.
    points
        Of each check, by the function that it checks.
    """

    perfect: Notebook
    released: dict[str, Cell]
    right: dict[str, str] = field(default_factory=dict)
    lines: dict[str, frozenset[str]] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        where = Counter(line for cell in self.perfect["cells"] for line in lines_of(text_of(cell)))
        for cell in self.perfect["cells"]:
            name = label_of(cell)
            if is_solution(cell):
                self.right[name] = functions_in(text_of(cell))[name]
            elif is_writeup(cell):
                self.lines[name] = frozenset(line for line in lines_of(text_of(cell)) if where[line] == 1)
            elif is_check(cell):
                self.points[name.removeprefix("check_")] = flags_of(cell)["points"]

    def is_right(self, name: str, dump: str, defined: dict[str, str]) -> bool:
        """Whether a definition is the perfect one, or calls the perfect one under another name."""
        if dump == self.right[name]:
            return True
        helper = defined.get(f"my_{name}", "").replace(f"my_{name}", name, 1)
        return helper == self.right[name] and f"my_{name}" in dump and dump.count("Return(") == 1

    def functions_there(self, notebook: Notebook) -> tuple[set[str], set[str]]:
        """The functions whose right answer is the last in the file, and those of which one cannot say.

        Which of two answers counts cannot be said where one stands in its cell and another in a cell of the student's own.
        """
        found = [(bool(label_of(cell)), functions_in(text_of(cell))) for cell in notebook["cells"]]
        helpers = {name: dump for _, each in found for name, dump in each.items() if name.startswith("my_")}
        there, unsure = set(), set()
        for name in self.right:
            written = [(claimed, each[name]) for claimed, each in found if name in each and not is_stub(each[name])]
            verdicts = [(claimed, self.is_right(name, dump, helpers)) for claimed, dump in written]
            if len(set(verdicts)) > 1 and len({claimed for claimed, _ in verdicts}) > 1 and not all(right for _, right in verdicts):
                unsure.add(name)
            elif verdicts and verdicts[-1][1]:
                there.add(name)
        return there, unsure

    def lines_there(self, notebook: Notebook) -> dict[str, frozenset[str]]:
        """By write-up, the lines of its derivation that are anywhere in the file."""
        there = {line for cell in notebook["cells"] for line in lines_of(text_of(cell))}
        return {name: lines & there for name, lines in self.lines.items()}

    def to_be_named(self, notebook: Notebook) -> set[str]:
        """The cells of which a remark must speak: missing, twice, of another kind, changed though locked, or unknown."""
        names: set[str] = set()
        seen: dict[str, list[Cell]] = {}
        for cell in notebook["cells"]:
            name = self.name_of(cell)
            if name:
                seen.setdefault(name, []).append(cell)
            elif label_of(cell):
                names.add(label_of(cell))
        # The cell of the oral defence, in which nobody writes, is put back without a word: older submissions lack it.
        names |= {name for name in self.released.keys() - seen.keys() if not flags_of(self.released[name]).get("task")}
        for name, cells in seen.items():
            released = self.released[name]
            flags = flags_of(released)
            if (
                len(cells) > 1
                or cells[0]["cell_type"] != released["cell_type"]
                or not flags["solution"]
                and squeezed(text_of(cells[0])) != squeezed(text_of(released))
            ):
                names.add(name)
        return names

    def name_of(self, cell: Cell) -> str:
        """The instructor's cell that a cell says it is."""
        given = (label_of(cell), cell.get("id"), (cell.get("metadata") or {}).get("id"))
        return next((name for name in given if name in self.released), "")


@functools.lru_cache(maxsize=4096)
def lines_of(text: str) -> frozenset[str]:
    """The lines that are long enough to tell where they come from."""
    return frozenset(line for line in map(squeezed, text.splitlines()) if len(line) >= SHORTEST_LINE)


def read_answers(root: Path, assignment: str, notebook: str) -> Answers:
    """The perfect submission and the released notebook of an assignment."""
    perfect = json.loads((root / "examples" / "submitted" / "perfect" / assignment / notebook).read_text(encoding="utf-8"))
    released = json.loads((root / "release" / assignment / notebook).read_text(encoding="utf-8"))
    return Answers(perfect, {label_of(cell): cell for cell in released["cells"] if label_of(cell)})


def is_named_in(name: str, remarks: list[str]) -> bool:
    """Whether a remark speaks of a cell; where dozens lost their names, one sentence speaks of all."""
    said = " ".join(remarks)
    return (
        re.search(rf"\b{re.escape(name)}\b", said) is not None or re.search(r"\d+ cells had lost|no cell of this", said) is not None
    )
