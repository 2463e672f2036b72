r"""A loss that the text itself puts behind a layer, ``L = -\sum_k t_k \log p_k``: its letters get shapes, and the gradient by the output is known.

The exercise's loss may be any: ``L = \langle g, y \rangle`` stands for all. What is true of any loss is true of the text's own, and more is.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import (
    NO_ARRAY,
    equalities,
    formulas_of,
    in_letters,
    parsed,
    relations,
    with_names,
    without_index,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.conventions import in_definition
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.losses_in_words import losses_in_words
from matrix_checks.derivations.names.losses_of_lines import of_all_entries
from matrix_checks.derivations.names.own_names import LOSSES
from matrix_checks.derivations.prose import prose
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER, Definition, View
from matrix_checks.derivations.values.inference import typings
from matrix_checks.derivations.values.letters import lemma_of

MOST_EQUALITIES = 30
MOST_LABELS = 2
# What a loss is called, a cross entropy also H: the sum of what a layer gives, or its mean, is none by any other name.
NAMES = frozenset((*LOSSES, "H", "CE", "MSE", "NLL", "SE", "\\Phi", "\\phi", "f", "F", "R"))
# What labels that sum to one are made of.
HIDDEN = "\\hidden "
# The exercise's output, and what it is called where the text has its letter for the labels.
OUTPUT, APART = "y", "\\output"


def take_own_loss(context: Context, found: list[Piece]) -> None:
    """Look at the layer with the text's own loss behind it, too, where the text says what its loss is."""
    formulas = formulas_of(context, found)
    normed = {name for left, right in relations(context, formulas) if (name := _summed_to_one(left, right))}
    one_hot = any(piece.kind == "prose" and prose.speaks_of_one_hot(piece.source) for piece in found)
    for left, right in islice(chain(equalities(context, formulas), losses_in_words(context, found)), MOST_EQUALITIES):
        name = name_of(left)
        if isinstance(left, kinds.Indexed) or name in right.names or _is_derived(right):
            continue
        _take_outputs(context, right)
        loss = in_definition(with_parts(context, right), (), context.views, context.memory)
        own = [each for view in context.views if (each := _with_loss(context, view, name, loss))]
        if own:
            context.memory.labels.update(*(labels for _, labels in own))
            context.memory.loss_of_entry = loss if free_indices(loss, ()) else None
            views = [each for view, labels in own for each in _with_sums(view, labels, normed, one_hot)]
            context.look_at((*views, *context.views))
            return


def _take_outputs(context: Context, loss: Node) -> None:
    """Take the names of a loss for the exercise's output that the text sets equal to it."""
    for name in sorted(loss.names & context.later.keys() - context.known):
        meant = [parsed(context, tokens) for tokens in context.later[name]]
        if any(node is not None and holds(context.setting(), node, kinds.Name(OUTPUT)) for node in meant[:1]):
            context.look_at(with_names(view, {name: OUTPUT}) for view in context.views)


def _with_loss(context: Context, view: View, name: str, loss: Node) -> tuple[View, set[str]] | None:
    """A view with the text's own loss behind its output, and its labels; ``None`` where the name is no loss, or it cannot be one."""
    own = view
    view = _with_output_apart(view, loss)
    given = view.definitions.get("L", ())[:1]
    upstream = given[0].body.left if given and isinstance(given[0].body, kinds.Inner) else None
    output = given[0].body.right if given and isinstance(given[0].body, kinds.Inner) else None
    # L_{CE} is the loss where nothing else is.
    is_named = name in NAMES or (name.partition("_")[0] in NAMES and len(name.partition("_")[2]) > 1)
    is_new = is_named and name not in context.known and name not in view.names
    is_loss = view.aliases.get(name, name) == "L" or is_new
    if not isinstance(upstream, kinds.Name) or not isinstance(output, kinds.Name) or not is_loss:
        return None
    behind = {each for text in loss.names for meant in view.meant_by(text) for each in view.reached_from(meant)}
    labels = _labels(context, loss) | ({OUTPUT} & loss.names if view is not own else set())
    if output.text not in behind or upstream.text in behind or len(labels) > MOST_LABELS:
        return None
    typed = (_like_output(context, view, output, labels, loss) or _typed(context, view, loss)) if labels else view
    if typed is not None and not free_indices(loss, ()) and context.shape_of(loss, (typed,)) != NUMBER:
        loss = of_all_entries(loss, {text for text in loss.names if _is_matrix(context, typed, text)})
    if typed is None or context.shape_of(loss, (typed,)) not in (NUMBER, None if free_indices(loss, ()) else NUMBER):
        return None
    variables = {text: shape for text, shape in typed.variables.items() if text != upstream.text}
    gradient = Definition(kinds.Derivative(kinds.Name("L"), output))
    definitions = {**typed.definitions, "L": (Definition(loss),), upstream.text: (gradient,)}
    aliases = view.aliases if view.aliases.get(name, name) == "L" else {**view.aliases, name: "L"}
    with_loss = replace(
        typed, variables=variables, definitions=definitions, aliases=aliases, origin=view.origin or view, has_own_loss=True
    )
    return with_loss, variables.keys() - view.variables.keys()


def _is_matrix(context: Context, view: View, name: str) -> bool:
    return "1" not in (context.shape_of(kinds.Name(name), (view,)) or NUMBER)


def _with_sums(view: View, labels: set[str], normed: set[str], one_hot: bool) -> Iterator[View]:
    """The view where the labels sum to one, if the text says so; else both with any labels and with such ones."""
    said = one_hot or not labels.isdisjoint(normed | {each.upper() for each in normed})
    if not said or not labels:
        yield view
    for label in sorted(labels):
        view = with_normed(view, label)
    if labels:
        yield view


def _labels(context: Context, loss: Node) -> set[str]:
    """The letters of a loss that nobody declared, and that stand outside of indices: the ``c`` of ``-\\log y_c`` does not."""
    bound = {part.index for part in loss.everything if isinstance(part, kinds.Sum)}
    ends = {name for part in loss.everything if isinstance(part, kinds.Sum) and part.upper for name in part.upper.names}
    return _outside_indices(loss) - context.known - context.memory.declared.keys() - NO_ARRAY - bound - ends


def _outside_indices(node: Node) -> set[str]:
    if isinstance(node, kinds.Name):
        return {node.text}
    parts = (node.body,) if isinstance(node, kinds.Indexed) else node.parts
    return set().union(*map(_outside_indices, parts))


def _like_output(context: Context, view: View, output: kinds.Name, labels: set[str], loss: Node) -> View | None:
    """The view with labels of the output's shape, where the loss has a value with them."""
    shape = context.shape_of(output, (view,))
    if shape is None or not labels:
        return None
    names = {label if "1" in shape or label.isupper() or label in without_index(loss) else label.upper() for label in labels}
    typed = replace(view, variables={**view.variables, **dict.fromkeys(names, shape)})
    return typed if context.shape_of(loss, (typed,)) == NUMBER else None


def _with_output_apart(view: View, loss: Node) -> View:
    r"""The view where the exercise's name of its output is free for the labels: ``L = -\sum_k y_k \log p_k`` has both."""
    others = {name for name, meant in view.aliases.items() if meant == OUTPUT and name in loss.names}
    if OUTPUT not in loss.names or not others or OUTPUT not in view.definitions:
        return view
    return in_letters(view, {OUTPUT: APART})


def _typed(context: Context, view: View, loss: Node) -> View | None:
    """The view with the letters of a loss that nobody declared, in the shapes that they have in it; ``None`` where that is not sure."""

    def known(text: str) -> tuple[str, str]:
        shape = view.variables.get(text) or context.shape_of(kinds.Name(text), (view,))
        if shape is None:
            raise NotUnderstood(text)
        return shape

    try:
        lemma = lemma_of(view, (loss, loss), frozenset(), known)
        found = list(islice(typings(lemma), 2)) if lemma.unknown else []
    except (NotUnderstood, ValueError, ArithmeticError):
        return None
    if not lemma.unknown:
        return view
    if not found:
        return None
    shapes = {text: found[0].view.variables.get(text) for text in lemma.unknown}
    if any(shape is None or not set(shape) <= {"1", *view.letters} for shape in shapes.values()):
        # A size that nothing else has is no label's.
        return None
    return replace(view, variables={**view.variables, **{text: shape for text, shape in shapes.items() if shape}})


def with_normed(view: View, label: str) -> View:
    """The view where a label's entries sum to one in each row, or in the column that it is."""
    shape = view.variables[label]
    hidden = kinds.Name(HIDDEN + label)
    letters = ("i",) if "1" in shape else ("i", "j")
    entry = kinds.Indexed(hidden, tuple(map(kinds.Name, letters)))
    over = kinds.Indexed(hidden, (*map(kinds.Name, letters[:-1]), kinds.Name("k")))
    total = kinds.Sum("k", None, None, None, kinds.Function("exp", (over,)))
    definition = Definition(kinds.Quotient(kinds.Function("exp", (entry,)), total), letters)
    variables = {text: each for text, each in view.variables.items() if text != label} | {hidden.text: shape}
    return replace(view, variables=variables, definitions={**view.definitions, label: (definition,)})


def _summed_to_one(left: Node, right: Node) -> str:
    r"""The ``t`` of ``\sum_k t_k = 1``; empty for anything else."""
    body = left.body if isinstance(left, kinds.Sum) and right == ONE else None
    is_entry = isinstance(body, kinds.Indexed) and isinstance(body.body, kinds.Name)
    return body.body.text if is_entry and isinstance(body, kinds.Indexed) and isinstance(body.body, kinds.Name) else ""


def _is_derived(node: Node) -> bool:
    return not node.kinds.isdisjoint((kinds.Derivative, kinds.Differentiated, kinds.Nabla, kinds.PartialDifferential))
