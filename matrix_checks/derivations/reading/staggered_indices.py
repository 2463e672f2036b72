r"""Indices above and below with empty braces between, as physicists write tensors: ``W^i{}_j`` is ``W_{ij}``, and ``1^a`` beside it ``1_a``."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tokens import Renamed, Token, Word

SCRIPTS = ("_", "^")
ONES = "\\ones"
# Of a script, in tokens.
LONGEST = 12


def with_indices_below(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with all indices of such a symbol below it, in their order, with commas between; each is shown as it was written."""
    found, place, is_tensor = list[Token](), 0, False
    while place < len(tokens):
        indices, end = _indices(tokens, place)
        if len(indices) > 1:
            is_tensor = True
            place = end
            found += [Renamed.of("_", str(indices[0][0])), Renamed.of("{", "")]
            for number, (sign, letters) in enumerate(indices):
                found += [*([Renamed.of(",", f"{{}}{sign}")] if number else []), *_shown_in_braces(letters)]
            found.append(Renamed.of("}", ""))
        else:
            found.append(tokens[place])
            place += 1
    return _with_ones(found) if is_tensor else list(tokens)


def _indices(tokens: Sequence[Token], place: int) -> tuple[list[tuple[str, list[str]]], int]:
    """The signs and the letters of the scripts that begin at a place, with empty braces between each two, and where they end."""
    found: list[tuple[str, list[str]]] = []
    while place < len(tokens) and tokens[place] in SCRIPTS:
        letters, end = _letters(tokens, place + 1)
        if not letters:
            break
        found.append((str(tokens[place]), letters))
        place = end
        if list(tokens[place : place + 2]) != ["{", "}"] or tokens[place + 2 : place + 3] not in (["_"], ["^"]):
            break
        place += 2
    return found, place


def _shown_in_braces(letters: list[str]) -> list[Token]:
    """The letters of one script, in braces where these are several."""
    if len(letters) == 1:
        return [*letters]
    return [Renamed.of("{", "{"), *letters, Renamed.of("}", "}")]


def _letters(tokens: Sequence[Token], place: int) -> tuple[list[str], int]:
    """The letters of one script, and where it ends; none where it is anything else."""
    end = place + 1
    inside = list(tokens[place:end])
    if inside == ["{"]:
        end = next((at for at in range(place, min(place + LONGEST, len(tokens))) if tokens[at] == "}"), place) + 1
        inside = list(tokens[place + 1 : end - 1])
    letters = [str(each) for each in inside if not isinstance(each, Word) and (each.isalpha() or each.startswith("\\"))]
    return (letters, end) if inside and len(letters) == len(inside) else ([], place)


def _with_ones(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with an entry of ones in the place of a one with a letter above it: no one has a power."""
    found = list(tokens)
    for place, (one, sign, letter) in enumerate(zip(tokens, tokens[1:], tokens[2:])):
        if one in ("1", ONES) and sign == "^" and isinstance(letter, str) and len(letter) == 1 and letter.islower():
            found[place : place + 2] = [Renamed.of(ONES, "1"), Renamed.of("_", "^")]
    return found
