r"""A text's own names for statistics, where these are held fixed: of the ``s`` with ``s^2 = \frac1N x^T C x + \varepsilon`` the kept one."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View

ROOT = kinds.Number(Fraction(1, 2))
INVERSE = kinds.Number(Fraction(-1))


def with_own_statistics(context: Context, usual: View, held: View) -> View:
    """The view where statistics are held, in which the text's own names for them stand for the kept ones, too.

    Parameters
    ----------
    usual, held
        A view in which statistics are computed, and one in which they are kept and have the letters that they have in the usual one.
    """
    definitions = dict(held.definitions)
    arrays = {name for name, shape in held.variables.items() if shape != NUMBER}
    for name in sorted(context.own & held.definitions.keys() & usual.definitions.keys()):
        is_made_anew = not arrays.isdisjoint(held.reached_from(name))
        found = (each for each in _statistics(usual) if holds(context.setting((usual,)), kinds.Name(name), each))
        meant = next(found, None) if is_made_anew else None
        if meant is not None:
            definitions[name] = (Definition(meant),)
    return replace(held, definitions=definitions)


def _statistics(view: View) -> Iterator[Node]:
    """What an output is made of beside the objects, with its root, and one by each: the variance, and with the small number."""
    statistics = {name.partition("_")[0] for name in view.updates}
    parts: dict[Node, None] = {}
    for found in view.definitions.values():
        for part in found[0].body.everything:
            if statistics & part.names and part.names <= statistics | {
                name for name in view.variables if view.variables[name] == NUMBER
            }:
                parts |= dict.fromkeys((part, kinds.Power(part, ROOT)))
    for part in parts:
        yield part
        yield kinds.Power(part, INVERSE)
