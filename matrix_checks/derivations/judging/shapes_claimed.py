r"""What a text says of the shape of one of its arrays, ``\operatorname{shape}(s) = (1, D)``: it is compared with the one that it has."""

from matrix_checks.derivations.context.around import Tokens
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import parsed
from matrix_checks.derivations.equality.verdicts import HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.by_own_definitions import BY_DEFINITIONS
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces

NAMES = ("shape", "size", "dim")
SEPARATORS = (",", "\\times", ";")
OTHER = Finding(NOT_UNDERSTOOD, "a shape that is said is compared by a person")


def shape_claimed(context: Context, sides: Tokens) -> Finding | None:
    """What is found about an equality that says of an array which shape it has; ``None`` for any other."""
    array, said = _array_in(sides[0]), _shape_in(without_braces(sides[1]))
    node = parsed(context, array) if array and said else None
    if node is None:
        return None
    shapes = context.own_model.shapes if context.own_model is not None else {}
    own = shapes.get(node.text) if isinstance(node, kinds.Name) else None
    if own is not None:
        return Finding(HOLDS, BY_DEFINITIONS, earns=False) if own == said else OTHER
    meant = tuple(context.memory.declared.get(letter, letter) for letter in said)
    is_own = any(context.shape_of(node, (view,)) in (said, meant) for view in context.views)
    return Finding(HOLDS, earns=False) if is_own else OTHER


def _array_in(tokens: list[Token]) -> list[Token]:
    """The array of which a side is the shape: in brackets behind the word, or before a full stop and the word."""
    if _is_word(tokens[0]) and tokens[1:2] == ["("] and tokens[-1] == ")":
        return tokens[2:-1]
    return tokens[:-2] if len(tokens) > 2 and _is_word(tokens[-1]) and tokens[-2] == "." else []


def _is_word(token: Token) -> bool:
    return isinstance(token, Word) and token.text in NAMES


def _shape_in(tokens: list[Token]) -> tuple[str, ...]:
    """The two sizes in ``(1, D)`` and ``N \\times D``; none in anything else."""
    if tokens[:1] == ["("] and tokens[-1:] == [")"]:
        tokens = tokens[1:-1]
    if len(tokens) != 3 or tokens[1] not in SEPARATORS:
        return ()
    return str(tokens[0]), str(tokens[2])
