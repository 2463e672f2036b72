r"""A letter that is a gradient by its definition, ``dL = \operatorname{tr}(G^T dY)``: nothing else says what ``G`` is."""

from itertools import islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, is_said, relations
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import Definition

MOST_RELATIONS = 60


def take_gradients_by_differentials(context: Context, found: list[Piece]) -> None:
    """Define the letters that the text never defines, and that stand where the gradient stands in a differential."""
    loss = loss_of(context.views)
    for left, right in islice(relations(context, formulas_of(context, found)), MOST_RELATIONS):
        if not isinstance(left, kinds.Differentiated) or not isinstance(left.body, kinds.Name):
            continue
        gradient, variable = _parts_of(bare(right))
        name = gradient.text if isinstance(gradient, kinds.Name) else ""
        is_new = name and name not in context.known and not is_said(context, name)
        is_of_loss = left.body == loss or any(view.aliases.get(left.body.text) == loss.text for view in context.views)
        if is_new and is_of_loss and isinstance(variable, kinds.Name) and variable.text in context.arrays | context.later.keys():
            context.own.add(name)
            context.define(name, Definition(kinds.Derivative(left.body, variable)), first=True)


def says_what_gradient_is(context: Context, left: Node, right: Node) -> bool:
    r"""Whether ``dy = \operatorname{tr}(G^T dM)`` says what is called a gradient, of a number by anything: nothing is known of both letters."""
    if not isinstance(left, kinds.Differentiated) or context.shape_of(left.body) != ("1", "1"):
        return False
    letters = [each.text for each in _parts_of(bare(right)) if isinstance(each, kinds.Name)]
    # The letter of a size may be that of a matrix here.
    said = context.arrays | context.steps.keys() | context.own | context.later.keys()
    return len(set(letters)) == 2 and all(said.isdisjoint((letter, letter.upper())) for letter in letters)


def _parts_of(differential: Node) -> tuple[Node | None, Node | None]:
    r"""The gradient and the variable of ``\operatorname{tr}(G^T dY)``, of ``g^T dy``, and of ``\langle G, dY \rangle``; ``None`` for others."""
    if isinstance(differential, kinds.Function) and differential.name == "tr":
        differential = bare(differential.arguments[0])
    if isinstance(differential, kinds.Inner):
        pair = [bare(differential.left), bare(differential.right)]
    elif isinstance(differential, kinds.Product) and len(differential.factors) == 2:
        pair = [_without_brackets(each) for each in differential.factors]
        if not any(isinstance(each, kinds.Transposed) for each in pair):
            return None, None
        pair = [_without_brackets(each.body) if isinstance(each, kinds.Transposed) else each for each in pair]
    else:
        return None, None
    changed = [each for each in pair if isinstance(each, kinds.Differentiated)]
    others = [each for each in pair if not isinstance(each, kinds.Differentiated)]
    return (others[0], bare(changed[0].body)) if len(changed) == len(others) == 1 else (None, None)


def _without_brackets(node: Node) -> Node:
    return _without_brackets(node.body) if isinstance(node, kinds.Group) else node
