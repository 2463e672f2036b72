r"""Letters that a text never explains, and that a true equality tells: the ``S`` of ``\frac{e^{x_i} S - e^{x_i} e^{x_i}}{S^2}`` is the denominator.

They stand for a part of the exercise's definitions, for a variance, or, as ``J``, for the Jacobian of a column by a column.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, is_said, relations
from matrix_checks.derivations.equality.deviation import EPSILON
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.letters.statistics_in_words import MOVING, VARIANCE, with_statistic
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.starred_statistics import KEPT
from matrix_checks.derivations.values.exercise import Definition, View

JACOBIAN = "J"
SOME_NUMBER = kinds.Number(Fraction(3))
MOST_RELATIONS, MOST_TRIED = 40, 8


def take_letters_by_use(context: Context, found: list[Piece]) -> None:
    """Take letters for what makes an equality true in which each of them is the only one that nobody explains."""
    tried = 0
    formulas = formulas_of(context, found)
    # Z(x) is said elsewhere, with its argument.
    called = {one for tokens in formulas for one, behind in pairwise(tokens) if behind == "("}
    for left, right in islice(relations(context, formulas), MOST_RELATIONS):
        name = _only_stranger(context, left, right)
        if name and _is_variance(context, (left, right), name):
            context.look_at(with_statistic(view, name, VARIANCE, False) for view in context.views)
            continue
        for body in _meanings(context.views, name) if name and name not in called and tried < MOST_TRIED else ():
            tried += 1
            if _tells(context, (left, right), name, body):
                context.own.add(name)
                context.define(name, Definition(body), first=True)
                break


def _is_variance(context: Context, sides: tuple[Node, Node], name: str) -> bool:
    r"""Whether an equality is true where a letter beside the small constant is a variance: ``\frac{\partial L}{\partial x_k} = g_k / \sqrt{v + \varepsilon}``."""
    statistics = {each for view in context.views for each in (VARIANCE, VARIANCE + MOVING) if each in view.names}
    terms = {frozenset(map(bare, part.terms)) for side in sides for part in side.everything if isinstance(part, kinds.Add)}
    is_beside = any(kinds.Name(name) in beside and EPSILON in beside for beside in terms)
    return is_beside and any(_tells(context, sides, name, kinds.Name(each)) for each in sorted(statistics))


def _tells(context: Context, sides: tuple[Node, Node], name: str, body: Node) -> bool:
    """Whether an equality is true with a meaning for a letter, and not with a number: what is true of any letter tells nothing."""
    setting = context.setting()
    true, other = (tuple(_with_meaning(side, name, meant) for side in sides) for meant in (body, SOME_NUMBER))
    return holds(setting, true[0], true[1]) and not holds(setting, other[0], other[1])


def _only_stranger(context: Context, left: Node, right: Node) -> str:
    """The only letter in an equality that stands for nothing; empty where there is none, or where it is a side of it."""
    indices = {str(getattr(index, "text", "")) for side in (left, right) for part in side.everything for index in part.bound}
    strange = {name for name in left.names | right.names if name not in context.known and name not in NO_LETTERS - {JACOBIAN}}
    strange = {name for name in strange - indices if (len(name) == 1 and name != "e") or name.endswith(KEPT)}
    if len(strange) != 1 or not (left.names | right.names) & context.arrays:
        return ""
    (name,) = strange
    is_side = kinds.Name(name) in (bare(left), bare(right))
    return "" if is_side or is_said(context, name) or name in context.memory.declared else name


def _meanings(views: tuple[View, ...], name: str) -> Iterator[Node]:
    """What a letter may stand for: the sum below a fraction in what the exercise defines, or the Jacobian of a column."""
    for view in views:
        for defined, definitions in (view.origin or view).definitions.items():
            body = definitions[0].body
            if name == JACOBIAN:
                columns = [each for each, shape in view.variables.items() if shape[1] == "1" and each in view.behind(defined)]
                if definitions[0].indices and columns and columns[0] == "x":
                    yield kinds.Derivative(kinds.Name(defined), kinds.Name(columns[0]))
            elif (
                isinstance(body, kinds.Quotient) and isinstance(bare(body.bottom), kinds.Sum) and not free_indices(body.bottom, ())
            ):
                yield body.bottom


def _with_meaning(node: Node, name: str, body: Node) -> Node:
    if node == kinds.Name(name):
        return kinds.Group(body)
    return node.rebuilt(lambda part: _with_meaning(part, name, body))
