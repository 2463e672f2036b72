"""The shape of a part of a line, by rules, from the variables of a frame: nothing is called and nothing is computed."""

import ast
import types
from typing import Any

import numpy as np

Shape = tuple[int, ...]
ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)
KEEPING = {"exp", "log", "sqrt", "square", "abs", "tanh", "copy", "negative", "zeros_like", "ones_like", "asarray", "array"}
REDUCING = {"sum", "mean", "max", "min", "var", "std", "prod"}


def infer(node: ast.expr, frame: types.FrameType) -> Shape | None:
    """The shape of an expression, or ``None`` where no rule gives it."""
    rule = _RULES.get(type(node))
    return rule(node, frame) if rule else None


def broadcast(one: Shape, other: Shape) -> Shape | None:
    """The shape of an operation entry by entry; ``None`` where the shapes do not fit."""
    try:
        return np.broadcast_shapes(one, other)
    except ValueError:
        return None


def product(one: Shape, other: Shape) -> Shape | None:
    """The shape of a matrix product; ``None`` where the shapes cannot be multiplied."""
    if not one or not other:
        return None
    if one[-1] != (other[-2] if len(other) > 1 else other[0]):
        return None
    rest = broadcast(one[:-2], other[:-2])
    if rest is None:
        return None
    return (*rest, *one[-2:-1], *(other[-1:] if len(other) > 1 else ()))


def _name(node: ast.Name, frame: types.FrameType) -> Shape | None:
    return _of_value(_value(node, frame))


def _value(node: ast.Name, frame: types.FrameType) -> Any:
    scope = frame.f_locals if node.id in frame.f_locals else frame.f_globals
    return scope.get(node.id)


def _of_value(value: Any) -> Shape | None:
    # Exactly these types: a class of the student's could do anything when it is asked for its shape.
    if type(value) is np.ndarray:
        return value.shape
    return () if type(value) in (int, float, bool, np.float64, np.float32, np.int64) else None


def _constant(node: ast.Constant, _: types.FrameType) -> Shape | None:
    return _of_value(node.value)


def _attribute(node: ast.Attribute, frame: types.FrameType) -> Shape | None:
    shape = infer(node.value, frame)
    return shape[::-1] if shape is not None and node.attr == "T" else None


def _operation(node: ast.BinOp, frame: types.FrameType) -> Shape | None:
    one, other = infer(node.left, frame), infer(node.right, frame)
    if one is None or other is None:
        return None
    if isinstance(node.op, ast.MatMult):
        return product(one, other)
    return broadcast(one, other) if isinstance(node.op, ENTRY_BY_ENTRY) else None


def _sign(node: ast.UnaryOp, frame: types.FrameType) -> Shape | None:
    return infer(node.operand, frame)


def _entry(node: ast.Subscript, frame: types.FrameType) -> Shape | None:
    """Of ``x[0]``, ``x[:, None]``; other indices follow no rule here."""
    if (
        isinstance(node.value, ast.Name)
        and type(held := _value(node.value, frame)) is dict
        and isinstance(node.slice, ast.Constant)
    ):
        # A dictionary of exactly this type is only looked up, by a constant.
        return _of_value(held.get(node.slice.value))
    shape = infer(node.value, frame)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if shape is None:
        return None
    left, found = list(shape), []
    for part in parts:
        if _is_new_axis(part):
            found.append(1)
        elif left and isinstance(part, ast.Slice) and part.lower is part.upper is part.step is None:
            found.append(left.pop(0))
        elif left and isinstance(part, ast.Constant) and type(part.value) is int:
            left.pop(0)
        else:
            return None
    return (*found, *left)


def _is_new_axis(part: ast.expr) -> bool:
    return (isinstance(part, ast.Constant) and part.value is None) or (isinstance(part, ast.Attribute) and part.attr == "newaxis")


def _call(node: ast.Call, frame: types.FrameType) -> Shape | None:
    """Of functions and methods whose names say what becomes of a shape; they are not called."""
    if not isinstance(node.func, ast.Attribute) or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    of_numpy = isinstance(node.func.value, ast.Name) and _value(node.func.value, frame) is np
    arguments = node.args if of_numpy else [node.func.value, *node.args]
    shapes = [infer(argument, frame) for argument in arguments]
    name = node.func.attr
    if not shapes or shapes[0] is None:
        return None
    if name in KEEPING:
        return shapes[0]
    if name in ("dot", "matmul") and len(shapes) == 2 and shapes[1] is not None:
        return product(shapes[0], shapes[1])
    if name == "transpose" and len(shapes) == 1:
        return shapes[0][::-1]
    return _reduced(shapes[0], node, arguments[1:]) if name in REDUCING else None


def _reduced(shape: Shape, node: ast.Call, further: list[ast.expr]) -> Shape | None:
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    axis = named.pop("axis", further[0] if further else ast.Constant(None))
    keep = named.pop("keepdims", ast.Constant(False))
    try:
        number, kept = ast.literal_eval(axis), ast.literal_eval(keep)
    except ValueError:
        return None
    if number is None and not kept:
        return ()
    if named or len(further) > 1 or type(number) is not int or not -len(shape) <= number < len(shape):
        return None
    number %= len(shape)
    return (*shape[:number], *((1,) if kept else ()), *shape[number + 1 :])


_RULES: dict[type, Any] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.BinOp: _operation,
    ast.UnaryOp: _sign,
    ast.Subscript: _entry,
    ast.Call: _call,
}
