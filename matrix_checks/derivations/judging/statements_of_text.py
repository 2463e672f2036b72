"""What a text sets equal to what, looked through before its first step is judged."""

from collections.abc import Iterator

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.judging.context import Context
from matrix_checks.derivations.judging.introductions import name_of
from matrix_checks.derivations.reading.formulas import Piece, cut
from matrix_checks.derivations.reading.tex import NotUnderstood, Token


def formulas_of(context: Context, found: list[Piece]) -> list[list[Token]]:
    """The tokens of every formula of a text; none where one has none."""
    return [_tokens(context, piece) for piece in found if piece.kind != "prose"]


def equalities(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    """The first side of each chain with each of the others that can be read, where the first one is a name, or entries of one."""
    for tokens in formulas:
        try:
            chains = cut(tokens, context.is_name).chains
        except NotUnderstood:
            continue
        for chain in chains:
            first, *others = (_parsed(context, member) for member in chain.members)
            if first is not None and name_of(first):
                yield from ((first, other) for other in others if other is not None)


def _tokens(context: Context, piece: Piece) -> list[Token]:
    try:
        return context.tokens(piece.source)
    except NotUnderstood:
        return []


def _parsed(context: Context, tokens: list[Token]) -> Node | None:
    try:
        return context.parse(tokens) if tokens else None
    except (NotUnderstood, RecursionError):
        return None
