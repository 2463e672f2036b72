r"""Letters that a text has for functions of every entry: the ``\varphi`` of ``H = \varphi(A)`` and of ``\varphi'(A)``."""

from collections.abc import Container, Mapping, Sequence

from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.tokens import Token, Word, prime_at

# Any function of a number.
UNNAMED = "anyfunction"
_SPACES = ("\\left", "\\big", "\\bigl", "\\Big", "\\Bigl")


def with_functions(tokens: Sequence[Token], functions: Mapping[str, str]) -> list[Token]:
    """The tokens where each of some letters before a bracket, or before a prime and a bracket, is the function that it stands for."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        function = functions.get(str(token))
        end = place + prime_at(tokens, place)
        if function is None or not _opens(tokens, end):
            found.append(token)
            continue
        found += [Word(function, str(token), upright=True), *(["'"] if end > place else [])]
        place = end
    return found


def with_calls_below(tokens: list[Token], functions: Container[str]) -> list[Token]:
    """The tokens where a function behind a slash has its argument below the slash, too: ``v / s(v)``.

    A letter with one more alone in brackets is a function of that: nobody puts a factor into brackets so.
    """
    if "/" not in tokens:
        return tokens
    found = list(tokens)
    ends = groups(tokens).end
    for place in reversed(range(len(tokens) - 2)):
        end = ends.get(place + 2)
        if tokens[place] != "/" or tokens[place + 2] != "(" or end is None:
            continue
        has_letter = end == place + 4 and all(_is_letter(tokens[each]) for each in (place + 1, place + 3))
        if has_letter or tokens[place + 1] in functions:
            found[place + 1 : end + 1] = ["{", *found[place + 1 : end + 1], "}"]
    return found


def _is_letter(token: Token) -> bool:
    return isinstance(token, str) and len(token) == 1 and token.isalpha()


def _opens(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place : place + 1] and tokens[place] in _SPACES:
        place += 1
    return list(tokens[place : place + 1]) in (["("], ["["])
