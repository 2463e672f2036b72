r"""Transpositions that stand before: ``{}^t A`` is ``A^\top``, as people write it in France, Italy and Japan."""

from matrix_checks.derivations.reading.tex import Token

SIGNS = ("t", "T", "\\top")
# The empty braces, the hat, and the sign, with braces or without.
_FORMS = {length: {("{", "}", "^", *inner) for inner in forms} for length, forms in (
    (4, [(sign,) for sign in SIGNS]), (6, [("{", sign, "}") for sign in SIGNS])
)}  # fmt: skip
# In tokens, of what stands in brackets behind the sign.
LONGEST = 200


def with_transposes_behind(tokens: list[Token]) -> list[Token]:
    """The same with each of these signs behind what it transposes: a letter, or what stands in brackets.

    Braces are not seen on the page: ``{}^t{xA}`` transposes the ``x``.
    """
    if "^" not in tokens:
        return tokens
    changed: list[Token] = []
    place = 0
    while place < len(tokens):
        length = next((length for length, forms in _FORMS.items() if tuple(tokens[place : place + length]) in forms), 0)
        begin = place + length
        while length and tokens[begin : begin + 1] == ["{"]:
            begin += 1
        end = _end(tokens, begin) if length else 0
        if not end:
            changed.append(tokens[place])
            place += 1
            continue
        changed += [*tokens[place + length : end], "^", "\\top"]
        place = end
    return changed


def _end(tokens: list[Token], begin: int) -> int:
    """Where the letter or the brackets that begin there end; zero where none does."""
    if begin >= len(tokens) or tokens[begin] in ("}", ")", "]", "&", "\\\\"):
        return 0
    if tokens[begin] not in ("(", "["):
        return begin + 1
    depth = 0
    for place in range(begin, min(len(tokens), begin + LONGEST)):
        depth += (tokens[place] in ("(", "[")) - (tokens[place] in (")", "]"))
        if not depth:
            return place + 1
    return 0
