r"""Letters that a text has for functions of every entry: the ``\varphi`` of ``H = \varphi(A)`` and of ``\varphi'(A)``."""

from collections.abc import Mapping, Sequence

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


def _opens(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place : place + 1] and tokens[place] in _SPACES:
        place += 1
    return list(tokens[place : place + 1]) in (["("], ["["])
