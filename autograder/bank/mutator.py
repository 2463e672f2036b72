"""Mutants made by rule: one small change in the text of a right solution.

The maintained tools (mutmut, cosmic-ray) mutate modules on disk and run a test command for each mutant; here a mutant is one
function of a notebook, and its check takes milliseconds. So the changes are made on the syntax tree, in this file.
"""

import ast
import copy
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

OPERATORS: dict[type[ast.operator], list[type[ast.operator]]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.MatMult],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
}
COMPARISONS = {ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
FUNCTIONS = {"sum": "mean", "mean": "sum", "max": "min", "min": "max", "zeros": "ones", "ones": "zeros", "var": "std", "exp": "log"}


@dataclass(frozen=True)
class Mutant:
    """A changed solution.

    Attributes
    ----------
    function
        The function that it solves.
    source
        The changed text.
    change
        The line before and after, as ``- old`` and ``+ new``: how the list of equivalent mutants knows it.
    """

    function: str
    source: str
    change: str


def mutants_of(function: str, source: str) -> list[Mutant]:
    """All mutants of a solution, each different from the others and from the solution.

    Parameters
    ----------
    function
        The function's name.
    source
        Text of the solution cell.

    Raises
    ------
    SyntaxError
        If the text is no Python.
    """
    tree = _without_docstrings(ast.parse(source))
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for position, node in enumerate(ast.walk(tree)):
        for change in _changes(node, tree):
            changed = copy.deepcopy(tree)
            twin = next(each for number, each in enumerate(ast.walk(changed)) if number == position)
            change(twin)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text != original and text not in found:
                found[text] = Mutant(function, text, _difference(original, text))
    return list(found.values())


def _changes(node: ast.AST, tree: ast.Module) -> Iterator[Callable[[Any], None]]:
    """Functions that change a node like this one, each in one way."""
    for kinds, changes in CHANGES:
        if isinstance(node, kinds):
            yield from changes(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _other_parameters(node, tree)


def _of_operation(node: ast.BinOp) -> Iterator[Callable[[Any], None]]:
    for operator in OPERATORS.get(type(node.op), []):
        yield _put("op", operator())
    yield lambda twin: _become(twin, twin.left)
    if not isinstance(node.op, ast.Pow):
        yield lambda twin: _become(twin, twin.right)
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield _swap_sides


def _of_sign(_: ast.UnaryOp) -> Iterator[Callable[[Any], None]]:
    yield lambda twin: _become(twin, twin.operand)


def _of_comparison(node: ast.Compare) -> Iterator[Callable[[Any], None]]:
    for old, new in COMPARISONS.items():
        if isinstance(node.ops[0], old):
            yield _put("ops", [new()])


def _of_constant(node: ast.Constant) -> Iterator[Callable[[Any], None]]:
    if type(node.value) in (int, float, bool):
        for value in _other_values(node.value):
            yield _put("value", value)


def _of_attribute(node: ast.Attribute) -> Iterator[Callable[[Any], None]]:
    if node.attr == "T":
        yield lambda twin: _become(twin, twin.value)
    elif node.attr in FUNCTIONS:
        yield lambda twin: setattr(twin, "attr", FUNCTIONS[twin.attr])


def _of_call(node: ast.Call) -> Iterator[Callable[[Any], None]]:
    if len(node.args) == 2:
        yield lambda twin: twin.args.reverse()
    if node.args:
        yield lambda twin: _become(twin, twin.args[0])
    for number in range(len(node.keywords)):
        yield _without("keywords", number)


def _of_tuple(node: ast.Tuple) -> Iterator[Callable[[Any], None]]:
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield lambda twin: twin.elts.reverse()


def _of_condition(_: ast.If | ast.IfExp) -> Iterator[Callable[[Any], None]]:
    yield lambda twin: setattr(twin, "test", ast.UnaryOp(ast.Not(), twin.test))


def _of_block(node: ast.FunctionDef | ast.For | ast.If) -> Iterator[Callable[[Any], None]]:
    for number, statement in enumerate(node.body if len(node.body) > 1 else []):
        if not isinstance(statement, ast.Return):
            yield _without("body", number)


def _other_parameters(node: ast.Name, tree: ast.Module) -> Iterator[Callable[[Any], None]]:
    parameters = [each.arg for each in next(each for each in tree.body if isinstance(each, ast.FunctionDef)).args.args]
    if node.id in parameters:
        for name in parameters:
            yield _put("id", name)


# In this order: of two equal mutants the first one stays.
CHANGES: tuple[tuple[type | tuple[type, ...], Callable[[Any], Iterator[Callable[[Any], None]]]], ...] = (
    (ast.BinOp, _of_operation),
    (ast.UnaryOp, _of_sign),
    (ast.Compare, _of_comparison),
    (ast.Constant, _of_constant),
    (ast.Attribute, _of_attribute),
    (ast.Call, _of_call),
    (ast.Tuple, _of_tuple),
    ((ast.If, ast.IfExp), _of_condition),
    ((ast.FunctionDef, ast.For, ast.If), _of_block),
)


def _other_values(value) -> list:
    if isinstance(value, bool):
        return [not value]
    return [other for other in (0, 1, 2, -value, value + 1) if other != value]


def _put(field: str, value: object) -> Callable[[Any], None]:
    return lambda twin: setattr(twin, field, value)


def _without(field: str, number: int) -> Callable[[Any], None]:
    return lambda twin: getattr(twin, field).pop(number)


def _become(node: ast.AST, other: ast.AST) -> None:
    node.__class__ = other.__class__
    node.__dict__.clear()
    node.__dict__.update(copy.deepcopy(other).__dict__)


def _swap_sides(node: ast.BinOp) -> None:
    node.left, node.right = node.right, node.left


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def _difference(old: str, new: str) -> str:
    lines = difflib.ndiff(old.split("\n"), new.split("\n"))
    return "\n".join(f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "+-")
