"""Names for gradients by a common rule: "for a node ``v`` let ``G_v = \\partial L/\\partial v``", "``\\bar u`` is ``\\partial L/\\partial u``"."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import TWO
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.partials_below import variable_below
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.tex import RELATIONS, NotUnderstood, Token, Word, tokenize
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import View

OPERATORS = ("\\partial", "\\nabla")
SIGNS = ("\\partial", "d", Word("d"))
# In characters: longer prose between a name and a gradient says something else.
LONGEST_LINK = 40
# In tokens: a name with its letter, and a derivative.
LONGEST = 24
LENGTH_OF_PRIMED = 2
# In tokens, with a comma.
MOST_INDICES = 3


@dataclass(frozen=True)
class Family:
    """How the name of a gradient is made of the letter that is differentiated by: an accent above it, or the letter that it stands below.

    Attributes
    ----------
    sign
        The accent, or the letter.
    """

    sign: str


PRIMES = Family("'")
BAR = "\\bar"


def families(found: list[Piece], words: tuple[str, ...], is_number: Callable[[str], bool]) -> Iterator[Family]:
    """The families that a text declares, in one formula or in two with a few words between.

    Parameters
    ----------
    found
        The text.
    words
        The exercise's names of several letters.
    is_number
        Whether a name may be that of a number: ``J_S = \\partial F/\\partial S`` with an array ``F`` is a Jacobian.
    """
    before: list[Token] = []
    link = ""
    for piece in found:
        if piece.kind == "prose":
            link = piece.source
            continue
        try:
            tokens = without_braces(tokenize(piece.source, words))
        except NotUnderstood:
            continue
        places = [place for place, token in enumerate(tokens) if token in RELATIONS]
        for place in places:
            yield from _declared(tokens[max(place - LONGEST, 0) : place], tokens[place + 1 : place + 1 + LONGEST], False, is_number)
        if not places and before and len(link) <= LONGEST_LINK and "." not in link:
            yield from _declared(before, tokens, True, is_number)
        before = tokens if not places and len(tokens) <= LONGEST else []


def _declared(left: list[Token], right: list[Token], whole: bool, is_number: Callable[[str], bool]) -> Iterator[Family]:
    """The family of a name at the end of one side, if the other one begins with the gradient by its letter."""
    letter = _derived_by(right, is_number)
    if letter and left[-LENGTH_OF_PRIMED:] == [letter, PRIMES.sign] and (not whole or len(left) == LENGTH_OF_PRIMED):
        yield PRIMES
        return
    accented = _accented_letter(left[-4:] if not whole or len(left) == 4 else [], letter)
    if letter and accented:
        yield Family(accented)
        return
    name = without_index(left)
    if not letter or len(name) < 2 or (whole and len(name) > 3):
        return
    if name[-1] == letter and isinstance(name[-2], str) and name[-2] in ACCENTS:
        if name[-3:-2] not in ([sign] for sign in SIGNS):
            # Not below a derivative: \\partial L/\\partial\\hat x = \\partial L/\\partial x.
            yield Family(name[-2])
    elif len(name) > 2 and name[-1] == letter and name[-2] == "_" and _is_letter(name[-3]):
        yield Family(str(name[-3]))


def letter_below(tokens: list[Token]) -> tuple[str, str]:
    r"""The sign and the letter below it that tokens are: ``g_z``, ``\bar g_z``; empty for anything else."""
    if len(tokens) == 3 and tokens[1] == "_" and _is_letter(tokens[0]) and _is_letter(tokens[2]):
        return str(tokens[0]), str(tokens[2])
    return (accented, str(tokens[3])) if (accented := _accented_letter(tokens, str(tokens[-1] if tokens else ""))) else ("", "")


def lone_letter(tokens: list[Token]) -> str:
    """The letter that tokens are, which may have an accent; empty for anything else."""
    is_accented = len(tokens) == 2 and tokens[0] in ACCENTS
    is_letter = (len(tokens) == 1 or is_accented) and _is_letter(tokens[-1]) and tokens[-1] not in ACCENTS
    return " ".join(map(str, tokens)) if is_letter else ""


def declares_family(left: list[Token], right: list[Token], is_number: Callable[[str], bool]) -> bool:
    """Whether an equality says how the text names its gradients."""
    return any(_declared(without_braces(left), without_braces(right), False, is_number))


def _accented_letter(tokens: list[Token], letter: str) -> str:
    r"""The accent and the letter of ``\bar g_z``, a gradient by the letter below; empty for anything else."""
    if len(tokens) != 4 or tokens[0] not in ACCENTS or not _is_letter(tokens[1]) or tokens[2:] != ["_", letter]:
        return ""
    return f"{tokens[0]} {tokens[1]}"


def _is_letter(token: Token) -> bool:
    """Whether it may be the name of a gradient, Latin or Greek."""
    return isinstance(token, str) and token.removeprefix("\\").isalpha() and token not in OPERATORS


def without_index(tokens: list[Token]) -> list[Token]:
    """The name without the indices behind an accented letter, or behind the letter below: ``g_{y_j}``, ``g_{Y_{ij}}``."""
    last = max((place for place, token in enumerate(tokens) if token == "_"), default=0)
    if last >= 3 and tokens[last - 2] == "_" and len(tokens) - last <= MOST_INDICES + 1:
        return tokens[:last]
    for place, token in enumerate(tokens[:-2]):
        if token in ACCENTS and tokens[place + 2] == "_" and len(tokens) - place <= 5:
            return tokens[: place + 2]
    return tokens


def _derived_by(tokens: list[Token], is_number: Callable[[str], bool]) -> str:
    """The letter by which a derivative of a number, with which tokens begin, is taken; empty for none."""
    bare = tokens[1:] if tokens[:1] == ["\\frac"] else tokens
    if len(bare) < 4 or bare[0] not in SIGNS or not is_number(str(bare[1])):
        return ""
    below = bare[3:] if bare[2] == "/" else bare[2:]
    if len(below) < 2 or below[0] not in SIGNS or not isinstance(below[1], str):
        return ""
    return below[1] if below[1].isalpha() or below[1].startswith("\\") else ""


def _squared_below_bar(node: Node) -> Node | None:
    """The ``s^2`` of ``\\overline{s^2}``, which is else a mean, and of ``\\bar s^2``; ``None`` for anything else."""
    if isinstance(node, kinds.Function) and node.name == "mean" and len(node.arguments) == 1:
        (body,) = node.arguments
        return body if isinstance(body, kinds.Power) and isinstance(body.body, (kinds.Name, kinds.Indexed)) else None
    if isinstance(node, kinds.Power) and isinstance(node.body, kinds.Name) and node.exponent == TWO:
        accent, _, letter = node.body.text.partition(" ")
        return kinds.Power(kinds.Name(letter), TWO) if accent == BAR else None
    return None


def _numbered_below(node: kinds.Indexed, known: frozenset[str], found: frozenset[Family]) -> Node | None:
    r"""The ``W_2`` of ``\bar W_2``; ``None`` for anything else."""
    accent, _, letter = node.body.text.partition(" ") if isinstance(node.body, kinds.Name) else ("", "", "")
    (index,) = node.indices
    numbered = f"{letter}_{index.value}" if isinstance(index, kinds.Number) else ""
    return kinds.Name(numbered) if numbered in known and Family(accent) in found else None


def with_families(node: Node, found: frozenset[Family], views: tuple[View, ...], taken: frozenset[str]) -> Node:
    """The same with gradients in the place of their names.

    Parameters
    ----------
    node
        The expression.
    found
        The families.
    views
        The exercise with what the text introduced.
    taken
        Names that stand for something of their own.
    """
    known = frozenset().union(*(view.names for view in views))
    loss = loss_of(views)

    def change(node: Node) -> Node:
        if isinstance(node, kinds.Primed) and PRIMES in found:
            whole = kinds.whole_of(node.body)
            return kinds.Derivative(loss, node.body) if isinstance(whole, kinds.Name) and whole.text in known else node
        if isinstance(node, kinds.Indexed) and len(node.indices) == 1 and isinstance(node.body, kinds.Name):
            by = variable_below(node.indices[0], known) if Family(node.body.text) in found else None
            by = by or _numbered_below(node, known, found)
            if by is not None:
                return kinds.Derivative(loss, by)
        squared = _squared_below_bar(node) if Family(BAR) in found else None
        if squared is not None and squared.names <= known:
            return kinds.Derivative(loss, squared)
        if isinstance(node, kinds.Name) and node.text not in taken:
            accent, _, letter = node.text.partition(" ")
            if letter in known and Family(accent) in found:
                return kinds.Derivative(loss, kinds.Name(letter))
            below, _, letter = node.text.partition("_")
            if letter in known and Family(below) in found:
                return kinds.Derivative(loss, kinds.Name(letter))
        return node.rebuilt(change)

    return change(node)
