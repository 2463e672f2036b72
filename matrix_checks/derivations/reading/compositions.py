r"""Compositions of functions: ``\varphi \circ \psi`` is ``\varphi(\psi)`` where the text defines both with an argument; else a circle is entrywise."""

from collections.abc import Iterable, Sequence

from matrix_checks.derivations.reading.spelling import CIRCLE, EQUALITIES
from matrix_checks.derivations.reading.tokens import Renamed, Token

# A name, an argument in brackets, and a sign behind it.
LENGTH = 5
# Of compositions in one formula: each is looked for from its beginning.
MOST = 20


def functions_defined(formulas: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The letters that a text defines with an argument, ``\\psi(S) = AS``, where it has circles."""
    formulas = list(formulas)
    if not any(_is_circle(token) for tokens in formulas for token in tokens):
        return frozenset()
    return frozenset(
        str(name)
        for tokens in formulas
        for name, opening, _, closing, sign in zip(*(tokens[start:] for start in range(LENGTH)))
        if opening == "("
        and closing == ")"
        and sign in (*EQUALITIES, ":")
        and isinstance(name, str)
        and name.lstrip("\\").isalpha()
    )


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
