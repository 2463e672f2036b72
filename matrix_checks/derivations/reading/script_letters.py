r"""Letters that a text writes in two alphabets: where ``\mathcal{J}`` stands beside ``J``, it is another name, and read as a free letter.

Whoever writes one of them only means the same by it as anybody else. Bold letters are no alphabet: many write ``\mathbf{x}^\top x``.
"""

import re
from collections.abc import Iterable, Mapping, Set

from matrix_checks.derivations.reading.tokens import Renamed, Token

_SCRIPT = re.compile(r"\\(mathcal|mathscr|mathfrak|mathbb)\s*(?:\{\s*([A-Z])\s*\}|([A-Z])(?![A-Za-z]))")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*")
# Begins a command that no text has; the letter stands behind it.
_PREFIX = "\\Scr"
# Sets of numbers are no arrays.
_SETS = frozenset("RNZCE")
# What the letters are read as: the first that the text does not write.
_OTHERS = "KQVZHPTGUW"


def script_letters(sources: Iterable[str], known: Set[str]) -> dict[str, str]:
    """The letters that some formula has in a script alphabet and as they are, each with the letter that it is read as in that alphabet.

    Parameters
    ----------
    sources
        All formulas of a text.
    known
        Names that stand for something.
    """
    found: set[str] = set()
    written = set(known)
    for source in sources:
        scripts = {letter for match in _SCRIPT.finditer(source) if (letter := _letter(match)) and not _is_set(match)}
        plain = set(_COMMAND.sub(" ", _SCRIPT.sub(" ", source)))
        written |= plain
        found |= scripts & plain
    return dict(zip(sorted(found), (other for other in _OTHERS if other not in written and other.lower() not in written)))


def with_script_letters(source: str, letters: Mapping[str, str]) -> str:
    """The formula with a command in the place of each of these letters; all else stays where it stands."""

    def command(match: re.Match[str]) -> str:
        is_name = _letter(match) in letters and not _is_set(match)
        return f"{_PREFIX}{_letter(match)} ".ljust(len(match[0])) if is_name else match[0]

    return _SCRIPT.sub(command, source) if letters else source


def as_written(tokens: list[Token], letters: Mapping[str, str]) -> list[Token]:
    """The formula with the letter that each of these commands is read as, which is shown as the text writes it."""
    names = {f"{_PREFIX}{letter}": Renamed.of(other, rf"\mathcal{{{letter}}}") for letter, other in letters.items()}
    return [names.get(token, token) if isinstance(token, str) else token for token in tokens] if names else tokens


def _letter(match: re.Match[str]) -> str:
    return match[2] or match[3]


def _is_set(match: re.Match[str]) -> bool:
    return match[1] == "mathbb" and _letter(match) in _SETS
