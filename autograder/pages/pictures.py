"""The alternative text of a picture: what its code calls it, so that it is true whatever a student's function gives."""

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

LONGEST_SOURCE = 20_000
LONGEST_TEXT = 600
PLAIN = "A picture drawn by the code above"
# Words of Matplotlib and of the course, and what the text given by that word is.
_TITLES = ("title", "set_title", "suptitle")
_AXES = ("xlabel", "ylabel", "set_xlabel", "set_ylabel", "set_zlabel")
_HEAT_MAP = "heat_map"


def alternative_text(output: NotebookNode, cell: NotebookNode) -> str:
    """What a picture among the outputs of a code cell shows, in words.

    A text that came with the picture is taken first. Else titles, axes and lines are named as the cell names them.
    """
    for kind, described in dict(output.get("metadata", {})).items():
        if kind.startswith("image/") and isinstance(described, dict) and isinstance(described.get("alt"), str):
            return described["alt"][:LONGEST_TEXT]
    pictures = [each for each in cell.get("outputs", []) if any(kind.startswith("image/") for kind in each.get("data", {}))]
    number = next((place for place, each in enumerate(pictures) if each is output), 0)
    figures = _figures(str(cell.get("source", "")))
    # Where more is drawn than the code shows figures by name, nobody can say which is which.
    named = figures[number] if len(figures) == len(pictures) else []
    return f"{PLAIN}: {'; '.join(dict.fromkeys(named))}"[:LONGEST_TEXT] if named else PLAIN


def _figures(source: str) -> list[list[str]]:
    """For each figure that a cell shows, the texts that it is given, in their order."""
    try:
        tree = ast.parse(source) if len(source) <= LONGEST_SOURCE else ast.parse("")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    figures: list[list[str]] = [[]]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if _name(call) == "show":
            figures.append([])
        else:
            figures[-1] += _texts(call)
    return [figure for figure in figures if figure]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _texts(call: ast.Call) -> Iterator[str]:
    name = _name(call)
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if name in (*_TITLES, *_AXES) and call.args:
        given = {**given, name.removeprefix("set_"): call.args[0]}
    if name == _HEAT_MAP:
        given |= dict(zip(("title", "ylabel", "xlabel"), call.args[2:5]))
    for word, kind in (
        ("title", ""),
        ("suptitle", ""),
        ("xlabel", "horizontal axis "),
        ("ylabel", "vertical axis "),
        ("label", "marked "),
    ):
        text = given.get(word)
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.strip():
            yield kind + " ".join(text.value.split())
