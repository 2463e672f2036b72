"""Letters of which a text says elsewhere what they stand for: these are no other letters for what the exercise has."""

from collections.abc import Collection

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import holds_inverse
from matrix_checks.derivations.context.statements_of_text import is_said, parsed
from matrix_checks.derivations.context.written_in_full import is_array_of, is_written_out
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

IDENTITY = "I"


def has_meaning(context: Context, name: str, beside: Collection[str]) -> bool:
    """Whether it is said what a letter is, or what the capital of a small one is, and that is not made of the small one.

    What solves for it, or is another letter beside it, is a special value: ``H = (W^\\top W)^{-1}W^\\top Z``, and ``H = Z`` for ``W = I``.
    """
    given = [parsed(context, tokens) for tokens in context.later.get(name, ())]
    if given and all(node is not None and (holds_inverse(node) or _is_one_of(node, beside)) for node in given):
        return False
    is_given = is_said(context, name) and not is_written_out(context, name)
    return is_given or (is_said(context, name.upper()) and not is_made_of(context, name.upper(), name))


def _is_one_of(node: Node, names: Collection[str]) -> bool:
    whole = node.body if isinstance(node, kinds.Indexed) else node
    return isinstance(whole, kinds.Name) and (whole.text in names or whole.text == IDENTITY)


def is_made_of(context: Context, name: str, small: str) -> bool:
    """Whether a capital letter is said to be something that is made of the small one, and not its array.

    As ``Z = \\sum_j e^{z_j}`` is, and ``S = \\sum_j n_j`` behind ``n_j = e^{s_j}``.
    """
    meant = [parsed(context, tokens) for tokens in context.later.get(name, ())]
    return any(node is not None and small in _names_behind(context, node) and not is_array_of(name, node) for node in meant)


def _names_behind(context: Context, node: Node) -> frozenset[str]:
    """The names in an expression, and in what the text says of entries among them."""
    entries = [parsed(context, context.later_entries[name][1]) for name in sorted(node.names & context.later_entries.keys())]
    return node.names.union(*(each.names for each in entries if each is not None))
