r"""Commas before an index as derivatives: ``y_{,k}`` is ``\partial_k y``, and ``x_{i,k}`` is ``\partial_k x_i`` where ``x`` has one index."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.tex import Token, Word, text_of
from matrix_checks.derivations.reading.tokens import Renamed

SCRIPTS = ("_", "^")
CLOSING = ("}", ")", "]")


_SAYS = re.compile(r"\bcommas?\b|\bKommas?\b|запят|virgule|\bcomas?\b|virgola|逗号", re.IGNORECASE)


def says_commas(text: str) -> bool:
    """Whether the words of a text speak of commas."""
    return _SAYS.search(text) is not None


def writes_commas(formulas: Iterable[Sequence[Token]], numbers: Collection[str]) -> bool:
    """Whether an index stands behind a comma alone at a number somewhere; at a matrix it is a column to some, ``A_{,j}``."""
    return any(
        tokens[place] in SCRIPTS and list(tokens[place + 1 : place + 3]) == ["{", ","] and tokens[place - 1] in numbers
        for tokens in formulas
        for place in range(1, len(tokens))
    )


def with_partials(tokens: Sequence[Token], count_of: Callable[[str], int | None]) -> list[Token]:
    """The formula with partial derivatives in the place of commas.

    Parameters
    ----------
    tokens
        The formula.
    count_of
        How many indices an entry of a name has; ``None`` for a name that stands for nothing.
    """
    changed = list(tokens)
    place = 0
    while place < len(changed) - 4:
        if changed[place] in SCRIPTS and changed[place + 1] == "{" and "," in changed[place + 2 :]:
            end = groups(changed).end.get(place + 1, 0)
            inside = changed[place + 2 : end]
            start = _start_of_base(changed, place)
            if (
                inside.count(",") == 1
                and inside[-2] == ","
                and start < place
                and _is_derived(changed[start:place], inside, count_of)
            ):
                body = [*changed[start:place], *([changed[place], "{", *inside[:-2], "}"] if inside[:-2] else [])]
                # It is shown as it was written.
                written = text_of(changed[place : end + 1])
                hidden = [Renamed.of(token, "") for token in ("{", "\\partial", "_", str(inside[-1]), "{")]
                body = [*changed[start:place], *(Renamed.of(str(token), "") for token in body[place - start :])]
                new = [*hidden, *body, Renamed.of("}", ""), Renamed.of("}", written)]
                changed[start : end + 1] = new
                place = start + len(new)
                continue
        place += 1
    return changed


def _is_derived(base: list[Token], inside: list[Token], count_of: Callable[[str], int | None]) -> bool:
    """Whether the index behind the comma is that of a derivative: none stands before it, or as many as an entry has."""
    if any(not isinstance(token, str) or token in SCRIPTS for token in inside):
        return False
    if len(inside) == 2:
        return len(base) > 1 or not count_of(str(base[0]))
    count = count_of(base[0]) if len(base) == 1 and isinstance(base[0], str) else None
    return count is not None and len(inside) == count + 2


def _start_of_base(tokens: Sequence[Token], script: int) -> int:
    """Where the letter, or the brackets, that a script stands at begin, with their other scripts; the script's place for none."""
    place = script
    while place > 0:
        last = tokens[place - 1]
        if last in CLOSING:
            end = groups(tokens).end
            place = next((opening for opening, closing in end.items() if closing == place - 1), place)
            if tokens[place] not in ("{", "(", "["):
                return script
        elif isinstance(last, Word) or (isinstance(last, str) and (last.isalnum() or last.startswith("\\"))):
            place -= 1
        else:
            return script
        if place > 0 and tokens[place - 1] in SCRIPTS:
            place -= 1
            continue
        return place
    return script
