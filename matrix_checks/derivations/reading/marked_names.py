r"""Letters with a prime or a label above them that a text gives to something new, ``x' = x - \mu`` and ``x^c = x - \mu``: each is a name.

A prime at the letter of an output is a derivative, one at a matrix transposes it, and a number above is a power: the text means none of
these where it sets a variable with such a mark equal to what is made of other things than its entries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.spelling import EQUALITIES, RELATIONS
from matrix_checks.derivations.reading.tokens import Token, Word, prime_at, without_braces

# Before a formula's first letter, or between two formulas.
BETWEEN = {",", ";", "\\\\", "&", "\\quad", "\\qquad", "\\Rightarrow", "\\iff", "."}
# What is differentiated by one variable: y' = 2x.
SCALARS = {"J", "L", "\\ell", "T"}
ARRANGES = {"(", ")", "[", "]", "{", "}", ",", "&", "\\\\", "\\dots", "^", "_", "\\begin", "\\end", "\\top", "T"}
MAXIMAL_PRIMES = 3
# Names that are made of names: y' of x'.
MOST_ROUNDS = 4
# Above a letter, where no number is a power and no letter an index.
SIGNS = {"*", "\\odot", "+", "-", "0", "\\dagger", "\\bullet", "\\diamond", "\\sharp", "\\flat"}
MINUS = "-"
NO_LABELS = INDEX_LETTERS | {"T", "H", "t", "\\top", "n", "N", "m", "M", "D", "R", "\\alpha", "\\beta", "\\perp"}
LONGEST_LABEL = 8
ACCENTS = {"\\hat", "\\widehat", "\\tilde", "\\widetilde", "\\bar", "\\overline"}
# In tokens: \\begin{alignedat}{3}, or the columns of an array.
LONGEST_BEGINNING = 30


def marked_names(formulas: Iterable[Sequence[Token]], known: Set[str], variables: Set[str]) -> frozenset[str]:
    """The letters with marks that are names of the text's own, as ``x'`` and ``x^c``.

    Parameters
    ----------
    formulas
        The tokens of each formula.
    known
        Names that stand for something.
    variables
        Those that nothing is said of: neither outputs nor what is computed on the way.
    """
    formulas = list(formulas)
    said = [each for tokens in formulas if {"'", "\\prime", "^"}.intersection(map(str, tokens)) for each in _said(tokens)]
    # Nothing else is meant by a minus alone: the P^- of a filter, before it has seen what is measured.
    found = {name for tokens in formulas if MINUS in map(str, tokens) for name in _before_minus(tokens)}
    for _ in range(MOST_ROUNDS):
        found |= {name for name, body in said if name not in found and _is_new(name, body, found, known, variables)}
    return frozenset(found)


def _before_minus(tokens: Sequence[Token]) -> Iterator[str]:
    """The names with a minus above them that no number follows, as in ``x^-1``."""
    for _, behind, name, _ in _marked(tokens):
        following = tokens[behind] if behind < len(tokens) else ""
        is_number = tokens[behind - 1] == MINUS and isinstance(following, str) and following[:1].isdecimal()
        if name.endswith(f"^{MINUS}") and not is_number:
            yield name


def with_marked_names(tokens: list[Token], names: Set[str]) -> list[Token]:
    """The formula with one token for each of these names, and what stands below it behind that."""
    if not names:
        return tokens
    found: list[Token] = []
    start = 0
    for place, behind, name, below in _marked(tokens):
        if name in names and place >= start:
            found += [*tokens[start:place], Word(name, _written(name), upright=True), *below]
            start = behind
    return [*found, *tokens[start:]]


def _written(name: str) -> str:
    letter, above, label = name.partition("^")
    return f"{{{letter}^{{{label}}}}}" if above else name


def _is_new(name: str, body: Sequence[Token], found: Set[str], known: Set[str], variables: Set[str]) -> bool:
    """Whether what a letter with a mark is set equal to makes it a name."""
    letter, inside = name.rstrip("'").partition("^")[0], [each[2] for each in _marked(body) if each[2].endswith("'")]
    if any(each not in found for each in inside) or sum(map(_is_prime, body)) > sum(each.count("'") for each in inside):
        return False
    if inside and letter in known:
        return True
    letters = {str(token) for token in body if token not in ARRANGES}
    is_shifted = letter in letters and _is_sum(body)
    # What is made of a normalized letter is another one.
    is_shifted |= letter in letters and not ACCENTS.isdisjoint(letters)
    if "^" in name and name.partition("^")[2] in SIGNS and letter not in known:
        return True
    if "^" in name and name.partition("^")[2] not in SIGNS:
        return is_shifted and letter not in ("e", "d")
    if letter in variables or (letter.isupper() and letter not in SCALARS):
        # A transpose is written out by its entries.
        return is_shifted or bool((letters & known) - {letter, letter.lower()})
    return is_shifted and letter not in known


def _is_sum(body: Sequence[Token]) -> bool:
    """Whether something is added or subtracted outside of brackets."""
    end, place = groups(body).end, 0
    while place < len(body):
        if place and body[place] in ("+", "-"):
            return True
        place = end.get(place, place) + 1
    return False


def _said(tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The letters with marks that stand alone to the left of an equality, and what stands to the right of its sign."""
    end = groups(tokens).end
    for place, behind, name, _ in _marked(tokens):
        begins = place == 0 or isinstance(tokens[place - 1], Word) or tokens[place - 1] in BETWEEN or _begins_lines(tokens, place)
        while behind < len(tokens) and tokens[behind] == "&":
            behind += 1
        if begins and behind < len(tokens) and tokens[behind] in EQUALITIES:
            yield name, list(_side(tokens, behind + 1, end))


def _begins_lines(tokens: Sequence[Token], place: int) -> bool:
    """Whether an environment begins before a place, of which the name and the columns stand in braces."""
    before = tokens[max(place - LONGEST_BEGINNING, 0) : place]
    begins = [at for at, token in enumerate(before) if token == "\\begin"]
    return (
        bool(begins)
        and before[-1] == "}"
        and all(str(token).isalpha() or token in ("{", "}", "*", "|") for token in before[begins[-1] + 1 :])
    )


def _side(tokens: Sequence[Token], place: int, end: Mapping[int, int]) -> Iterator[Token]:
    """The tokens from a place to the end of the expression that begins there, where ``end`` says which brackets belong together."""
    while place < len(tokens) and not (
        isinstance(tokens[place], Word) or tokens[place] in (BETWEEN - {"&"}) or tokens[place] in RELATIONS
    ):
        stop = end.get(place, place) + 1
        yield from tokens[place:stop]
        place = stop


def _marked(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, list[Token]]]:
    """Where letters with marks begin and end, their names, and what stands below them: before the mark, or behind it."""
    end = groups(tokens).end
    for place, token in enumerate(tokens):
        if isinstance(token, Word) or not (len(token) == 1 or token.startswith("\\")) or not token.lstrip("\\").isalpha():
            continue
        start, behind = place, place + 1
        if (
            tokens[place - 1 : place] == ["{"]
            and tokens[behind : behind + 1] == ["}"]
            and tokens[place - 2 : place - 1] not in (["_"], ["^"])
        ):
            start, behind = place - 1, behind + 1
        below, behind = _below(tokens, behind, end)
        mark, behind = _mark(tokens, behind, end)
        if mark and not below:
            below, behind = _below(tokens, behind, end)
        if mark:
            yield start, behind, token + mark, below


def _below(tokens: Sequence[Token], place: int, end: Mapping[int, int]) -> tuple[list[Token], int]:
    """What stands below a symbol that ends before a place, and the place behind it."""
    if tokens[place : place + 1] != ["_"]:
        return [], place
    stop = end.get(place + 1, place + 1) + 1
    return list(tokens[place:stop]), stop


def _mark(tokens: Sequence[Token], place: int, end: Mapping[int, int]) -> tuple[str, int]:
    """The primes or the label above a symbol, and the place behind; nothing where there is none, or a power."""
    primes = 0
    while primes < MAXIMAL_PRIMES and (length := prime_at(tokens, place)):
        primes, place = primes + 1, place + length
    if primes or tokens[place : place + 1] != ["^"]:
        return primes * "'", place
    stop = end.get(place + 1, place + 1) + 1
    label = without_braces(tokens[place + 1 : stop])
    is_label = 0 < len(label) <= LONGEST_LABEL and all(isinstance(each, str) for each in label)
    text = "".join(map(str, label))
    is_label = is_label and (text in SIGNS or (text not in NO_LABELS and text.lstrip("\\").isalpha()))
    return (f"^{text}", stop) if is_label else ("", place)


def _is_prime(token: Token) -> bool:
    return token in ("'", "\\prime")
