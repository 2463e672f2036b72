r"""A function of a whole vector that a text writes at one entry: with ``\\sigma(z_i) = e^{z_i}/\\sum_j e^{z_j}`` it is the entry ``\\sigma_i``."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word

# A name of so many tokens, with an accent and its braces.
LONGEST_NAME = 4
# In tokens, too.
LONGEST_MEMBER = 200
# What a member of a chain begins behind.
BEGINNINGS = (*RELATIONS, ",", ";", "&", "\\\\")
# What softmax is needs not be said.
KNOWN = "softmax"
Name = tuple[Token, ...]


def functions_of_wholes(formulas: Iterable[list[Token]]) -> frozenset[Name]:
    """The names before an entry that the text sets equal to a sum over the others, by their tokens."""
    return frozenset(name for tokens in formulas if "\\sum" in tokens for name in _said(tokens))


def with_values_at_entries(tokens: list[Token], functions: frozenset[Name]) -> list[Token]:
    """The tokens with an index at each of these names, where an entry stands behind it."""
    if not functions or "(" not in tokens:
        return tokens
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        name = next((each for each in functions if tuple(tokens[place : place + len(each)]) == each), None)
        entry = _entry_at(tokens, place + len(name)) if name else None
        if name and entry:
            _, index, place = entry
            found += [*name, "_", "{", index, "}"]
        else:
            found.append(tokens[place])
            place += 1
    return found


def _said(tokens: list[Token]) -> Iterator[Name]:
    for place, token in enumerate(tokens):
        entry = _entry_at(tokens, place) if token in ("(", "\\left") else None
        if entry is None or tokens[entry[2] : entry[2] + 1] == [] or tokens[entry[2]] not in EQUALITIES:
            continue
        variable, index, end = entry
        name = _member_before(tokens, place)
        rest = _member_behind(tokens, end + 1)
        if name and "\\sum" in rest and any(other != index for other in _indices_of(rest, variable)):
            yield name


def _entry_at(tokens: Sequence[Token], place: int) -> tuple[Token, Token, int] | None:
    """The variable and the index of an entry in brackets, and where it ends; ``None`` where something else stands there."""
    place += tokens[place : place + 1] == ["\\left"]
    if tokens[place : place + 1] != ["("] or tokens[place + 2 : place + 3] != ["_"]:
        return None
    variable, place = tokens[place + 1], place + 3
    is_group = tokens[place : place + 1] == ["{"]
    index = tokens[place + is_group : place + is_group + 1]
    place += 1 + 2 * is_group
    if not index or (is_group and tokens[place - 1 : place] != ["}"]) or not str(index[0]).isalnum() or not str(variable).isalpha():
        return None
    place += tokens[place : place + 1] == ["\\right"]
    return (variable, index[0], place + 1) if tokens[place : place + 1] == [")"] else None


def _member_before(tokens: list[Token], end: int) -> Name:
    """The tokens of a member up to a place; none where they are more than a name."""
    begin = next((place + 1 for place in reversed(range(end)) if tokens[place] in BEGINNINGS), 0)
    name = tuple(tokens[begin:end])
    is_known = any(isinstance(token, Word) and token.text.startswith(KNOWN) for token in name)
    return name if len(name) <= LONGEST_NAME and name and not is_known else ()


def _member_behind(tokens: list[Token], begin: int) -> list[Token]:
    depth = 0
    for place in range(begin, min(begin + LONGEST_MEMBER, len(tokens))):
        depth += (tokens[place] == "{") - (tokens[place] == "}")
        if not depth and tokens[place] in RELATIONS:
            return tokens[begin:place]
    return tokens[begin : begin + LONGEST_MEMBER]


def _indices_of(tokens: list[Token], variable: Token) -> Iterator[Token]:
    for place in range(len(tokens) - 2):
        if tokens[place] == variable and tokens[place + 1] == "_":
            yield tokens[place + 3] if tokens[place + 2] == "{" and place + 3 < len(tokens) else tokens[place + 2]
