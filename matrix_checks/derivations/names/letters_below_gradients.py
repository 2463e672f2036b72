r"""Gradients by what stands below a letter, before the formula is read: the ``\\mu`` of ``G_\\mu`` is no index, and ``\\delta_{y_i}`` no delta."""

from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.names.gradient_families import Family
from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import View

# With something below them they are Kronecker's delta, and differentials.
READ_OTHERWISE = ("\\delta", "d", "D")
LOWERED, RAISED = "_", "^"


def with_gradients_below(tokens: list[Token], found: frozenset[Family], views: tuple[View, ...]) -> list[Token]:
    """The same with gradients written out, where what they are by could not be read as an index.

    Parameters
    ----------
    tokens
        A formula.
    found
        The families of the text.
    views
        The exercise with what the text introduced.
    """
    if not found or LOWERED not in tokens or not any(Family(_sign(tokens, place)) in found for place in range(len(tokens))):
        return tokens
    arrays = {name for view in views for each in (view.variables, view.definitions, view.aliases) for name in each}
    loss = loss_of(views).text
    end = groups(tokens).end
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        sign = _sign(tokens, place)
        below = place + len(sign.split()) + 1
        if Family(sign) not in found or tokens[below - 1 : below] != [LOWERED] or below >= len(tokens):
            changed.append(tokens[place])
            place += 1
            continue
        behind = end.get(below, below) + 1 if tokens[below] == "{" else below + 1
        content = tokens[below + 1 : behind - 1] if tokens[below] == "{" else tokens[below:behind]
        is_part = _is_numbered(tokens[behind : behind + 6])
        if is_part or (_is_plain(content) and sign not in READ_OTHERWISE and " " not in sign) or not _is_variable(content, arrays):
            changed += tokens[place:behind]
        else:
            written = ["\\frac", "{", "\\partial", loss, "}", "{", "\\partial", *content, "}"]
            is_raised = tokens[behind : behind + 1] in ([LOWERED], [RAISED], ["'"])
            changed += ["(", *written, ")"] if is_raised else written
        place = behind
    return changed


def _sign(tokens: list[Token], place: int) -> str:
    """The letter at a place, with the accent that begins there."""
    token = str(tokens[place])
    return f"{token} {tokens[place + 1]}" if token in ACCENTS and place + 1 < len(tokens) else token


def _is_numbered(behind: list[Token]) -> bool:
    """Whether a number in parentheses stands above: ``\\delta_c^{(1)}`` is one part of the gradient."""
    above = without_braces(behind)[:4]
    return above[:2] == [RAISED, "("] and str(above[2:3] and above[2]).isdecimal() and above[3:] == [")"]


def _is_plain(content: list[Token]) -> bool:
    """Whether nothing but Latin letters and indices stands below: that is read as it is."""
    return not any(str(token).startswith("\\") or token == RAISED for token in content)


def _is_variable(content: list[Token], arrays: set[str]) -> bool:
    """Whether it is the name of an array with nothing behind it but scripts."""
    bare = without_braces(content)
    count = 2 if bare and bare[0] in ACCENTS else 1
    name = " ".join(map(str, bare[:count]))
    is_known = name in arrays or (len(bare) > count and name.upper() in arrays)
    # Behind it stand scripts alone: the y_i y_j of a delta are two indices.
    return is_known and (len(bare) == count or bare[count] in (LOWERED, RAISED)) and arrays.isdisjoint(map(str, bare[count:]))
