r"""Compositions of functions: ``\varphi \circ \psi`` is ``\varphi(\psi)`` where the text defines both with an argument; else a circle is entrywise."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.spelling import CIRCLE, EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token

# In tokens, a name with its arguments.
LONGEST = 9
SIGNS = (*EQUALITIES, ":")
# Of compositions in one formula: each is looked for from its beginning.
MOST = 20


def functions_defined(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The letters that a text defines with an argument, ``\\psi(S) = AS``, where it has circles."""
    formulas = list(formulas)
    if not any(_is_circle(token) for tokens in formulas for token in tokens):
        return frozenset()
    return frozenset(str(name) for tokens in formulas for name in _defined(tokens))


def _defined(tokens: Sequence[Token]) -> Iterator[Token]:
    """The letters with one argument, or a few with commas between, and a sign behind."""
    for place, (name, opening) in enumerate(zip(tokens, tokens[1:])):
        if opening == "(" and isinstance(name, str) and name.lstrip("\\").isalpha():
            behind = place + 2
            while behind + 2 < min(place + LONGEST, len(tokens)) and tokens[behind + 1] == ",":
                behind += 2
            if list(tokens[behind + 1 : behind + 2]) == [")"] and tokens[behind + 2 : behind + 3] and tokens[behind + 2] in SIGNS:
                yield name


def with_compositions(tokens: list[Token], functions: frozenset[str]) -> list[Token]:
    """The formula with the inner one of two such functions as the argument of the outer one."""
    found = list(tokens)
    for _ in range(MOST):
        place = _composed(found, functions)
        if not place:
            break
        outer, _, inner = found[place - 1 : place + 2]
        behind = place + 2
        argument: list[Token] = []
        start = place - 1
        if start and found[start - 1] == "(" and found[behind : behind + 2] == [")", "("] and ")" in found[behind + 2 :]:
            # (f o g)(x)
            end = found.index(")", behind + 2) + 1
            argument = [Renamed.of("(", ")("), *found[behind + 2 : end]]
            outer = Renamed.of(str(outer), f"({outer}")
            start, behind = start - 1, end
        found[start:behind] = [outer, Renamed.of("(", CIRCLE + " "), inner, *argument, Renamed.of(")", "")]
    return found


def _composed(tokens: Sequence[Token], functions: frozenset[str]) -> int:
    """The place of the first circle between two of the functions; 0 where there is none."""
    circles = (place for place in range(1, len(tokens) - 1) if _is_circle(tokens[place]))
    return next((place for place in circles if {tokens[place - 1], tokens[place + 1]} <= functions), 0) if functions else 0


def _is_circle(token: Token) -> bool:
    return isinstance(token, Renamed) and token.written == CIRCLE
