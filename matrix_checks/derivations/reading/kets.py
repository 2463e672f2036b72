r"""Kets and bras, as in physics: ``|x\rangle`` is a column, and ``\langle x|`` a row."""

from matrix_checks.derivations.reading.tex import Token

OPEN, CLOSE, BAR = "\\langle", "\\rangle", "|"
_SIGNS = (OPEN, CLOSE, BAR)
# The commands of the packages braket and physics, with the signs that they write.
_COMMANDS = {"\\ket": (BAR, CLOSE), "\\bra": (OPEN, BAR), "\\braket": (OPEN, CLOSE)}
# In tokens, what is named between the signs.
LONGEST = 8


def with_kets(tokens: list[Token]) -> list[Token]:
    r"""The formula with columns and rows for kets and bras; an inner product, as ``\langle x|A|c\rangle``, stays."""
    tokens = _with_signs(tokens)
    if BAR not in tokens or not {OPEN, CLOSE} & set(tokens):
        return tokens
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _next(tokens, place + 1, _SIGNS)
        last = tokens[end] if end < len(tokens) else ""
        inside = tokens[place + 1 : end]
        if tokens[place] == BAR and last == CLOSE and _is_named(inside):
            found += _grouped(inside)
            place = end + 1
        elif tokens[place] == OPEN and last == BAR and _is_named(inside) and not _is_closed(tokens, end):
            found += [*_grouped(inside), "^", "T"]
            place = end + 1
        else:
            # What is between the signs of an inner product, or of a norm, is neither.
            stop = _end_of_pair(tokens, place)
            found += tokens[place:stop]
            place = stop
    return found


def _with_signs(tokens: list[Token]) -> list[Token]:
    """The signs in the place of their commands."""
    found = list(tokens)
    for place, token in reversed(list(enumerate(tokens))):
        opening, closing = _COMMANDS.get(str(token), ("", ""))
        end = _next(found, place + 1, ("}",))
        if opening and found[place + 1 : place + 2] == ["{"] and end < len(found):
            found[place : end + 1] = [opening, *found[place + 2 : end], closing]
    return found


def _next(tokens: list[Token], place: int, signs: tuple[str, ...]) -> int:
    return next((end for end in range(place, len(tokens)) if tokens[end] in signs), len(tokens))


def _is_named(inside: list[Token]) -> bool:
    return 0 < len(inside) <= LONGEST and "," not in inside


def _is_closed(tokens: list[Token], place: int) -> bool:
    """Whether the inner product ends behind its first bar; behind another equality it is a ket of the other side."""
    end = _next(tokens, place + 1, (OPEN, CLOSE))
    return tokens[end : end + 1] == [CLOSE] and "=" not in tokens[place:end]


def _end_of_pair(tokens: list[Token], place: int) -> int:
    closing = {OPEN: CLOSE, BAR: BAR}.get(str(tokens[place]), "")
    end = _next(tokens, place + 1, (closing,)) if closing else place
    return end + 1 if end < len(tokens) else place + 1


def _grouped(inside: list[Token]) -> list[Token]:
    return inside if len(inside) == 1 else ["(", *inside, ")"]
