"""Comparing the texts of cells: what was released, what is the student's own, which names a cell defines."""

import ast
import difflib
import re
import warnings
from functools import lru_cache

# Of texts whose tree is kept: those of a notebook are asked about again and again, and the course's own come with every submission.
MOST_TREES = 150
LIKE = 0.75
LONGEST_COMPARED = 3_000
_MATHS = re.compile(r"\$|\\\(|\\\[|\\begin\{")
_TYPESETTERS = ("display", "print", "Latex", "Math", "Markdown", "HTML")
_PICTURE = re.compile(r"!\[[^\]\n]{0,1000}\]\(|<img\b", re.IGNORECASE)


def like(one: str, other: str) -> bool:
    """Whether two texts are mostly the same."""
    one, other = one[:LONGEST_COMPARED], other[:LONGEST_COMPARED]
    if not one.strip() or not other.strip():
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=True)
    return matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def defines(source: str, name: str) -> bool:
    """Whether a code cell gives a function its name, at its left margin."""
    return (
        re.search(
            rf"^(?:(?:async\s+)?def\s+{re.escape(name)}\s*\(|{re.escape(name)}\s*(?::[^=\n]{{0,200}})?=(?!=))", source, re.MULTILINE
        )
        is not None
    )


def added_lines(text: str, released: str) -> str:
    """The lines of a changed text that were not released, in their order."""
    counts: dict[str, int] = {}
    for line in released.splitlines():
        counts[line.strip()] = counts.get(line.strip(), 0) + 1
    added: list[str] = []
    for line in text.splitlines():
        if counts.get(line.strip(), 0) > 0 and line.strip():
            counts[line.strip()] -= 1
        elif line.strip() or added:
            added.append(line)
    return "\n".join(added).strip("\n")


def parses(source: str) -> bool:
    """Whether some lines are Python on their own."""
    return _tree(source) is not None


@lru_cache(maxsize=1000)
def writes(source: str, name: str) -> bool:
    """Whether a code cell gives a function its name, and not only with the released body, which raises ``NotImplementedError``."""
    if not defines(source, name):
        return False
    tree = _tree(source)
    if tree is None:
        return "NotImplementedError" not in source
    given = [node for node in tree.body if not (isinstance(node, ast.FunctionDef) and node.name == name)]
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return any(not _is_unwritten(node) for node in functions) or any(name in _bound(node) for node in given)


@lru_cache(maxsize=1000)
def bound_names(source: str) -> frozenset[str]:
    """The names that Python's lines bind where they stand at the left margin: imported, defined or assigned."""
    tree = _tree(source)
    return frozenset(name for node in tree.body for name in _bound(node)) if tree is not None else frozenset()


def _bound(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(each.asname or each.name).split(".")[0] for each in node.names}
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.With) and not any(
        isinstance(each.context_expr, ast.Call) and not each.optional_vars for each in node.items
    ):
        return {name for each in node.body for name in _bound(each)}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {
            each.id
            for target in targets
            for each in ast.walk(target)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
    return set()


def _is_unwritten(function: ast.FunctionDef) -> bool:
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return all(
        isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.dump(node.exc) for node in body
    )


@lru_cache(maxsize=MOST_TREES)
def _tree(source: str) -> ast.Module | None:
    """The syntax tree of some lines, which nobody changes; none of what is no Python."""
    lines = (line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
    try:
        with warnings.catch_warnings():
            # A backslash in a text of a student's is nobody's concern here.
            warnings.simplefilter("ignore")
            return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def has_maths(text: str) -> bool:
    """Whether a text holds a formula."""
    return _MATHS.search(text) is not None


def says_nothing_to_python(source: str) -> bool:
    """Whether the lines of a code cell are text: comments, texts in quotes, what is only typeset or printed, or no Python."""
    first = source.lstrip().partition("\n")[0].split()
    if first and first[0].startswith("%%"):
        return first[0] in ("%%latex", "%%markdown", "%%html")
    tree = _tree(source)
    return tree is None or all(_is_said(node) for node in tree.body)


def _is_said(node: ast.stmt) -> bool:
    """Whether a statement is a text in quotes, or typesets or prints one."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("IPython")
    value = node.value if isinstance(node, ast.Expr) else None
    while (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _TYPESETTERS and len(value.args) == 1
    ):
        value = value.args[0]
    return isinstance(value, ast.Constant)


def has_picture(text: str) -> bool:
    """Whether a text shows a picture."""
    return _PICTURE.search(text) is not None


def some(names: list[str]) -> str:
    """``the cell a`` or ``the cells a, b``."""
    return f"the cell {names[0]}" if len(names) == 1 else f"the cells {', '.join(names)}"
