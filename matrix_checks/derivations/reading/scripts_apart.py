r"""Several scripts in one place above a letter: ``z^{[2](i)}`` is ``z^{[2]}`` of the object ``i``, and ``x^{(i)T}`` is ``x^{(i)}`` as a row."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.spelling import TRANSPOSITIONS
from matrix_checks.derivations.reading.tokens import Renamed, Token

CLOSING = {"[": "]", "(": ")"}
# Letters for objects.
OBJECTS = ("i", "n", "j", "m")
# In tokens: [ l - 1 ] ( i ) T.
LONGEST = 10


def with_scripts_apart(tokens: Sequence[Token]) -> list[Token]:
    """The formula with each label, each object and each transposition above a letter by itself."""
    tokens = _with_bare_indices(_with_round_objects(tokens))
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        inside = _inside(tokens, place)
        parts = _parts(inside)
        if len(parts) > 1:
            for number, part in enumerate(parts):
                # They are shown as they were written.
                found += [*(["^", "{"] if number == 0 else map(_hidden, "^{")), *part, "}" if part is parts[-1] else _hidden("}")]
            place += len(inside) + 3
        else:
            found.append(tokens[place])
            place += 1
    return found


def _with_round_objects(tokens: Sequence[Token]) -> Sequence[Token]:
    """The formula with ``x^{(i)}`` for ``x^{[i]}``: square brackets above a letter are those of layers, and an ``i`` numbers objects."""
    if "[" not in tokens:
        return tokens
    found = list(tokens)
    for place in range(len(found) - 4):
        if found[place : place + 3] == ["^", "{", "["] and found[place + 3] in OBJECTS and found[place + 4] == "]":
            found[place + 2], found[place + 4] = Renamed.of("(", "["), Renamed.of(")", "]")
    return found


def _with_bare_indices(tokens: Sequence[Token]) -> Sequence[Token]:
    """The formula with ``x_{n}`` for ``x_{(n)}``: brackets around one index below a letter say nothing."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        below, start, opening, index, closing, end = found[-6:] if len(found) > 5 else [""] * 6
        if (below, start, end) == ("_", "{", "}") and CLOSING.get(str(opening)) == closing and str(index).isalnum():
            found[-4:] = [Renamed.of(str(index), f"{opening}{index}{closing}"), end]
    return found


def _hidden(token: str) -> Token:
    return Renamed.of(token, "")


def _inside(tokens: Sequence[Token], place: int) -> list[Token]:
    """What stands between the braces of a script above that begins here."""
    if list(tokens[place : place + 2]) != ["^", "{"] or tokens[place + 2 : place + 3] not in (["["], ["("]):
        return []
    behind = list(tokens[place + 2 : place + 3 + LONGEST])
    return behind[: behind.index("}")] if "}" in behind and "{" not in behind[: behind.index("}")] else []


def _parts(inside: list[Token]) -> list[list[Token]]:
    """Labels and objects in brackets, and a transposition behind them; none where anything else stands there."""
    parts: list[list[Token]] = []
    while inside:
        closing = CLOSING.get(str(inside[0]))
        if closing in inside:
            end = inside.index(closing) + 1
        elif parts and inside[0] in TRANSPOSITIONS and len(inside) == 1:
            end = 1
        else:
            return []
        parts.append(inside[:end])
        inside = inside[end:]
    return parts
