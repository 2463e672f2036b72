"""Shapes that do not fit, in the words of the course: which operands, of which shapes, in the line that raised.

NumPy says "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ...". The traceback tells the
place in the student's line, and the line the operands. Their shapes are found by rules from the variables of that moment: nothing
is called and no attribute of the student's own classes is asked for, so that finding them has no effects. Where the rules find no
shapes, or shapes that would fit, the shapes that NumPy names are given, or NumPy's own words stay.
"""

import ast
import linecache
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from matrix_checks.checks.inferred_shapes import Shape, broadcast, infer, product

MAXIMAL_TEXT = 60
ENTRY_BY_ENTRY = "the shapes do not fit entry by entry"
_SHAPE = re.compile(r"\((\d*(?:,\d+)*,?)\)")


@dataclass(frozen=True)
class Operand:
    """A part of the student's line that is an array: its text, and its shape."""

    text: str
    shape: Shape


def own_frames(error: BaseException) -> list[types.TracebackType]:
    """The steps of a traceback below the call that a check makes, in cells of a notebook; any others if there are none."""
    steps = list(_steps(error.__traceback__))[1:]
    own = [step for step in steps if _of_a_cell(step.tb_frame.f_code.co_filename)]
    return own or steps


def shapes_in_words(error: BaseException) -> str:
    """What does not fit, in one clause; empty where the exception does not speak of shapes, or nothing certain can be said."""
    message = str(error)
    frames = own_frames(error)
    if not isinstance(error, ValueError) or not frames or not (kind := _kind(message)):
        return ""
    node = _failing_node(frames[-1])
    operands = _operands(node, frames[-1].tb_frame) if node is not None else []
    return _WORDS[kind](operands, message, node)


def in_words(shape: Shape) -> str:
    """``2×3``; a vector and a number by name."""
    if len(shape) == 1:
        return f"a vector of length {shape[0]}"
    return "×".join(str(size) for size in shape) if shape else "a number"


def _steps(step: types.TracebackType | None) -> Iterator[types.TracebackType]:
    while step is not None:
        yield step
        step = step.tb_next


def _of_a_cell(filename: str) -> bool:
    return "ipykernel_" in filename or (filename.startswith("<") and not filename.startswith("<__array_function__"))


def _kind(message: str) -> str:
    if message.startswith("matmul:") or "not aligned" in message:
        return "product"
    if "remapped shapes" in message or message.startswith(("einstein sum", "Einstein sum")):
        return "einsum"
    if "broadcast" in message and "operand" in message:
        return "broadcast"
    return "reshape" if message.startswith("cannot reshape array") else ""


def _failing_node(step: types.TracebackType) -> ast.expr | ast.AugAssign | None:
    """The operation or call at which a frame stands, from the columns that Python keeps for each instruction."""
    code = step.tb_frame.f_code
    position = list(code.co_positions())[step.tb_lasti // 2]
    if None in position:
        return None
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except (SyntaxError, ValueError):
        # No text is kept of this function, or a cell holds more than Python: a line with a magic.
        return None
    first, last, start, end = position
    for node in ast.walk(tree):
        if not isinstance(node, (ast.BinOp, ast.AugAssign, ast.Call)):
            continue
        if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == (first, last, start, end):
            return node
    return None


def _operands(node: ast.expr | ast.AugAssign, frame: types.FrameType) -> list[Operand]:
    """The operands whose shapes the rules find, in their order."""
    if isinstance(node, ast.BinOp):
        parts: list[ast.expr] = [node.left, node.right]
    elif isinstance(node, ast.AugAssign):
        parts = [node.target, node.value]
    elif isinstance(node, ast.Call):
        parts = [part for part in node.args if not isinstance(part, ast.Starred)]
        if isinstance(node.func, ast.Attribute) and infer(node.func.value, frame) is not None:
            # A method of an array.
            parts = [node.func.value, *parts]
    else:
        return []
    shapes = [(part, infer(part, frame)) for part in parts]
    return [Operand(_text(part), shape) for part, shape in shapes if shape is not None]


def _text(part: ast.expr) -> str:
    text = ast.unparse(part)
    return text if len(text) <= MAXIMAL_TEXT else text[: MAXIMAL_TEXT - 3] + "..."


def _product(operands: list[Operand], message: str, _: Any) -> str:
    if len(operands) == 2 and product(operands[0].shape, operands[1].shape) is None:
        one, other = operands
        if not one.shape or not other.shape:
            return f"a number is multiplied by *, not by a matrix product: {_said(operands)}"
        return f"{_side_by_side([one.shape, other.shape])} cannot be multiplied: {_said(operands)}"
    shapes = _named(message)
    if len(shapes) == 2:
        return f"{_side_by_side(shapes)} cannot be multiplied"
    sizes = re.search(r"size (\d+) is different from (\d+)", message)
    return f"two arrays cannot be multiplied: the sizes that meet are {sizes[2]} and {sizes[1]}" if sizes else ""


def _broadcast(operands: list[Operand], message: str, _: Any) -> str:
    shapes = [operand.shape for operand in operands]
    if len(shapes) == 2 and (broadcast(*shapes) is None or message.startswith("non-broadcastable")):
        return f"{ENTRY_BY_ENTRY}: {_said(operands)}"
    shapes = _named(message)
    return f"{ENTRY_BY_ENTRY}: {' and '.join(map(in_words, shapes))}" if len(shapes) >= 2 else ""


def _einsum(operands: list[Operand], message: str, node: Any) -> str:
    letters = node.args[0] if isinstance(node, ast.Call) and node.args else None
    if not operands or not isinstance(letters, ast.Constant) or not isinstance(letters.value, str):
        return ""
    return f"the letters '{letters.value[:MAXIMAL_TEXT]}' do not fit the shapes: {_said(operands)}"


def _reshape(operands: list[Operand], message: str, _: Any) -> str:
    found = re.search(r"array of size (\d+) into shape (\S.*)$", message)
    if not found:
        return ""
    said = f": {_said(operands[:1])}" if operands and int(np.prod(operands[0].shape)) == int(found[1]) else ""
    return f"{found[1]} entries do not fill the shape {found[2][:MAXIMAL_TEXT]}{said}"


_WORDS: dict[str, Callable[[list[Operand], str, Any], str]] = {
    "product": _product,
    "broadcast": _broadcast,
    "einsum": _einsum,
    "reshape": _reshape,
}


def _side_by_side(shapes: list[Shape]) -> str:
    """``(3×1)(2×3)``."""
    return "".join(f"({'×'.join(map(str, shape))})" for shape in shapes)


def _said(operands: list[Operand]) -> str:
    """``A is 2×3, x is 1×2``."""
    return ", ".join(dict.fromkeys(f"{operand.text} is {in_words(operand.shape)}" for operand in operands))


def _named(message: str) -> list[Shape]:
    """The shapes that NumPy names."""
    return [tuple(int(size) for size in shape.split(",") if size) for shape in _SHAPE.findall(message.split("->")[0])]
