"""Means in angle brackets: ``\\langle g \\rangle`` with one letter inside is a name, as ``\\bar g`` is, for what the text says of it."""

from matrix_checks.derivations.reading.tex import Token

OPENING, CLOSING, BAR = "\\langle", "\\rangle", "\\bar"


def with_angle_means(tokens: list[Token]) -> list[Token]:
    """The same with a bar above each letter that stands alone in angle brackets."""
    if OPENING not in tokens:
        return tokens
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        opening, letter, closing = [*tokens[place : place + 3], "", ""][:3]
        is_mean = (opening, closing) == (OPENING, CLOSING) and isinstance(letter, str) and letter.isalpha()
        changed += [BAR, letter] if is_mean else [opening]
        place += 3 if is_mean else 1
    return changed
