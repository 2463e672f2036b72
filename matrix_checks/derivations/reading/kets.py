r"""Kets and bras, as in physics: ``|x\rangle`` is a column, and ``\langle x|`` a row."""

from matrix_checks.derivations.reading.tex import Token

OPEN, CLOSE, BAR = "\\langle", "\\rangle", "|"
# The commands of the packages braket and physics, with the signs that they write.
_COMMANDS = {"\\ket": (BAR, CLOSE), "\\bra": (OPEN, BAR), "\\braket": (OPEN, CLOSE)}
# In tokens, what is named between the signs.
LONGEST = 8


def with_kets(tokens: list[Token]) -> list[Token]:
    r"""The formula with columns and rows for kets and bras; an inner product, as ``\langle x|A|c\rangle``, stays."""
    tokens = _with_signs(tokens)
    if BAR not in tokens or not {OPEN, CLOSE} & set(tokens):
        return tokens
    signs, bars, closes = (_following(tokens, *each) for each in ((OPEN, CLOSE, BAR), (BAR,), (CLOSE,)))
    angles, equalities = _following(tokens, OPEN, CLOSE), _following(tokens, "=")
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token, end = tokens[place], signs[place + 1]
        last = tokens[end] if end < len(tokens) else ""
        # An inner product goes on behind its first bar; behind another equality there is a ket of the other side.
        goes_on = closes[end] == angles[end] < min(equalities[end], len(tokens))
        inside = tokens[place + 1 : min(end, place + LONGEST + 2)]
        is_ket, is_bra = token == BAR and last == CLOSE, token == OPEN and last == BAR and not goes_on
        if (is_ket or is_bra) and 0 < len(inside) <= LONGEST and "," not in inside:
            found += inside if len(inside) == 1 else ["(", *inside, ")"]
            found += ["^", "T"] if is_bra else []
            place = end + 1
            continue
        # What is between the signs of an inner product, or of a norm, is neither.
        pair = (closes if token == OPEN else bars)[place + 1] if token in (OPEN, BAR) else place
        stop = pair + 1 if pair < len(tokens) else place + 1
        found += tokens[place:stop]
        place = stop
    return found


def _following(tokens: list[Token], *signs: str) -> list[int]:
    """For each place, and for the end, the next one that one of some signs stands at; the end for none."""
    found = [len(tokens)]
    for place in reversed(range(len(tokens))):
        found.append(place if tokens[place] in signs else found[-1])
    return [*found[::-1], len(tokens)]


def _with_signs(tokens: list[Token]) -> list[Token]:
    """The signs in the place of their commands."""
    if _COMMANDS.keys().isdisjoint(map(str, tokens)):
        return tokens
    found: list[Token] = []
    closing: list[str] = []
    place = 0
    while place < len(tokens):
        signs = _COMMANDS.get(str(tokens[place]))
        if signs and tokens[place + 1 : place + 2] == ["{"]:
            found.append(signs[0])
            closing.append(signs[1])
            place += 2
            continue
        if tokens[place] == "{":
            closing.append("}")
        found.append(closing.pop() if tokens[place] == "}" and closing else tokens[place])
        place += 1
    return found
