"""What a reviewer should ask about in the defence: derivatives that were found by numbers, and code that looks into the grader.

No test of numbers tells a complex step from a formula (Squire and Trapp, "Using complex variables to estimate derivatives of real
functions", SIAM Review 40, 1998: it is exact to rounding). The text of the code does.
"""

import ast
import warnings
from functools import lru_cache

from nbformat import NotebookNode

from autograder.grading.inbox.original import Original

COMPLEX_STEP = "takes a complex step in the place of a formula, or looks so: ask how the formula is derived"
QUOTIENT = "divides a difference of two values of a function, as a difference quotient does: ask how the formula is derived"
LOOKS_INSIDE = "names parts of the grader or of the interpreter that no exercise needs ({names}): look at it"
# Modules and attributes that no exercise needs.
INSIDES = {
    "ctypes",
    "gc",
    "inspect",
    "_getframe",
    "settrace",
    "get_objects",
    "get_referrers",
    "_asking",
    "_is_changed",
    "f_globals",
    "f_locals",
}
GRADER = ("matrix_checks.checks", "autograder.sandbox", "autograder.derivatives", "matrix_checks.checks")


def suspicions(notebook: NotebookNode, original: Original) -> list[str]:
    """A sentence for each function or cell of the student's that a reviewer should ask about; never a verdict.

    Parameters
    ----------
    notebook
        The aligned submission.
    original
        The instructor's cells.
    """
    locked = {cell.name for cell in original.cells if not cell.is_answer}
    sentences = []
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "a cell of the student's own")
        if cell.cell_type == "code" and name not in locked:
            sentences += [f"{name} {sentence}" for sentence in _of(cell.source)]
    return list(dict.fromkeys(sentences))


# The course's own cells come with every submission.
@lru_cache(maxsize=1000)
def _of(source: str) -> tuple[str, ...]:
    lines = (line if not line.lstrip().startswith(("%", "!")) else "pass" for line in source.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse("\n".join(lines))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found = []
    if any(map(_is_imaginary_part, nodes)) and any(map(_is_imaginary_number, nodes)):
        found.append(COMPLEX_STEP)
    if any(map(_is_quotient, nodes)):
        found.append(QUOTIENT)
    insides = sorted({name for node in nodes for name in _names(node) if name in INSIDES or name.startswith(GRADER)})
    if insides:
        found.append(LOOKS_INSIDE.format(names=", ".join(insides)))
    return tuple(found)


def _is_imaginary_part(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "imag"


def _is_imaginary_number(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, complex)
    named = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return named in ("complex", "complex128", "complex64", "cdouble")


def _is_quotient(node: ast.AST) -> bool:
    """Whether it is a difference of two calls of one function, at different places, divided by something."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
        return False
    above = node.left
    while isinstance(above, ast.Call) and len(above.args) == 1:
        # np.sum(f(x + h) - f(x - h)) / h
        above = above.args[0]
    if not (isinstance(above, ast.BinOp) and isinstance(above.op, ast.Sub)):
        return False
    one, other = _called(above.left), _called(above.right)
    return one is not None and other is not None and ast.dump(one.func) == ast.dump(other.func) and _moved(one, other)


def _called(node: ast.expr) -> ast.Call | None:
    return node if isinstance(node, ast.Call) else None


def _moved(one: ast.Call, other: ast.Call) -> bool:
    """Whether two calls differ in one argument, to which something is added in one of them."""
    pairs = [(a, b) for a, b in zip(one.args, other.args) if ast.dump(a) != ast.dump(b)]
    return len(one.args) == len(other.args) and len(pairs) == 1 and any(_is_moved(each) for each in pairs[0])


def _is_moved(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return True
    # x_plus and x_minus, up and down: two names for one variable that was moved before.
    return isinstance(node, ast.Name) and any(
        part in node.id.lower() for part in ("plus", "minus", "up", "down", "eps", "_h", "shift")
    )


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(each.name for each in node.names)]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [node.id] if isinstance(node, ast.Name) else []
