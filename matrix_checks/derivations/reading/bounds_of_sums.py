r"""Bounds of sums that are more than a letter: ``n_x``, ``|C|`` and ``\\dim(x)`` are read as a letter, wherever they stand, and ``i = N`` as ``N``."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import Renamed, end_of_braces

# Letters for sizes that no exercise has for anything else.
SIZES = "KPQHTUV"
# What a size is of: ``|C|``, ``\\dim(x)``, ``\\text{len}(x)``.
COUNTS = ("\\dim", "dim", "len", "length", "size", "card", "count", "\\#")
# A script, in tokens.
LONGEST = 60
Bound = tuple[Token, ...]


def named_bounds(formulas: Iterable[Sequence[Token]], known: frozenset[str]) -> dict[Bound, str]:
    """The bounds of a text's sums that are no letter, and no arithmetic, each with the letter that it is read as.

    Parameters
    ----------
    formulas
        The tokens of each formula.
    known
        Names that stand for something.
    """
    formulas = list(formulas)
    found = dict.fromkeys(bound for tokens in formulas for bound in _bounds(tokens) if _names_size(bound, known))
    if not found:
        return {}
    used = known | {str(token) for tokens in formulas for token in tokens}
    free = [letter for letter in SIZES if not {letter, letter.lower()} & used]
    return dict(zip(found, free))


def with_named_bounds(tokens: list[Token], bounds: dict[Bound, str]) -> list[Token]:
    """The tokens with a letter for each of these bounds, and without the index before a bound."""
    tokens = _without_index(tokens)
    if not bounds:
        return tokens
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        length, bound = next(((each, bound) for bound in bounds if (each := _length_at(tokens, place, bound))), (0, ()))
        if length:
            found.append(Renamed.of(bounds[bound], "".join(map(str, bound))))
            place += length
        else:
            found.append(tokens[place])
            place += 1
    return found


def _length_at(tokens: Sequence[Token], place: int, bound: Bound) -> int:
    """How many tokens a bound has at a place; none where it does not stand there."""
    spellings = [bound]
    if bound[1:2] == ("_",):
        spellings.append((*bound[:2], "{", *bound[2:], "}"))
    return next((len(each) for each in spellings if tuple(tokens[place : place + len(each)]) == each), 0)


def _bounds(tokens: Sequence[Token]) -> Iterator[Bound]:
    """What stands above each sign of a sum, without the braces around it."""
    for _, begin, end in _scripts_above(tokens):
        inside = list(tokens[begin:end])
        while inside and end_of_braces(inside, 0) == len(inside):
            inside = inside[1:-1]
        if inside[1:3] == ["_", "{"] and inside[-1] == "}":
            inside = [*inside[:2], *inside[3:-1]]
        yield tuple(inside)


def _scripts_above(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """The index of each sum whose bounds stand below and above its sign, and where the tokens above begin and end."""
    for place, token in enumerate(tokens):
        if token != "\\sum":
            continue
        index, place = "", place + 1
        for _ in range(2):
            if tokens[place : place + 1] not in (["_"], ["^"]):
                break
            sign, begin = tokens[place], place + 1
            is_open = tokens[begin : begin + 1] == ["{"]
            place = end_of_braces(tokens, begin, LONGEST) if is_open else begin + 1
            if not place:
                break
            if sign == "^":
                yield index, begin, place
            elif is_open and tokens[begin + 2 : begin + 3] == ["="]:
                index = str(tokens[begin + 1])


def _names_size(bound: Bound, known: frozenset[str]) -> bool:
    """Whether a bound is a letter with a label, or a count of something."""
    base, *rest = bound or ("",)
    if rest[:1] == ["_"]:
        label = "".join(each.text if isinstance(each, Word) else str(each) for each in rest[1:])
        is_plain = isinstance(base, str) and len(base) == 1 and base.isalpha() and label.isalnum()
        return is_plain and label not in INDEX_LETTERS and f"{base}_{label}" not in known
    if base in ("|", "\\|", "\\lvert"):
        return len(bound) == 3
    name = base.text if isinstance(base, Word) else base
    return name in COUNTS or tuple(map(str, bound)) == ("d", "i", "m")


def _without_index(tokens: list[Token]) -> list[Token]:
    """The tokens where a bound that names the index again is the bound alone: ``\\sum_{i=1}^{i=N}``."""
    again = [
        (begin + 1, begin + 3)
        for index, begin, end in _scripts_above(tokens)
        if index and list(map(str, tokens[begin : begin + 3])) == ["{", index, "="] and end - begin > 4
    ]
    for begin, end in reversed(again):
        tokens = [*tokens[:begin], *tokens[end:]]
    return tokens
