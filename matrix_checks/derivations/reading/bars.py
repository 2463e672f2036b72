r"""Columns side by side with bars between them: ``[r_1 | r_2 | \\dots | r_m]`` is the list ``[r_1, r_2, \\dots, r_m]``."""

from matrix_checks.derivations.reading.tex import Token, Word

# Of one list, in tokens.
LONGEST_LIST = 60


def with_bars_read(tokens: list[Token]) -> list[Token]:
    """A formula with commas in the place of bars between columns; a bar of a norm, or of a condition, stays."""
    if "|" not in tokens:
        return tokens
    found = list(tokens)
    for start in (place for place, token in enumerate(tokens) if token == "["):
        end = next((place for place in range(start + 1, min(len(tokens), start + LONGEST_LIST)) if tokens[place] == "]"), None)
        if end is None:
            continue
        bars = [place for place in range(start + 1, end) if tokens[place] == "|"]
        borders = [start, *bars, end]
        if bars and all(_is_column(tokens[first + 1 : last]) for first, last in zip(borders, borders[1:])):
            for place in bars:
                found[place] = ","
    return found


def _is_column(tokens: list[Token]) -> bool:
    """Whether tokens are dots, or a letter with an index."""
    first = tokens[0] if tokens else ""
    is_letter = not isinstance(first, Word) and (first.isalpha() or first[1:].isalpha())
    return tokens == ["\\dots"] or (
        is_letter and tokens[1:2] == ["_"] and (len(tokens) == 3 or (tokens[2] == "{" and tokens[-1] == "}"))
    )
