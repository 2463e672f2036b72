"""Named arguments of functions in a program: ``axis=1`` is one word and a number, and ``keepdims=True`` says nothing of values."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.tokens import Token, Word

# Arguments whose values are read, and those that are left out.
READ = ("axis", "dim")
LEFT_OUT = ("keepdims", "keepdim")
_VALUES = ("True", "False")


def with_arguments(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the names of arguments as words, and without those that only lay out the result."""
    if "=" not in tokens or not {",", "("} & set(tokens):
        return list(tokens)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        begins = place > 0 and tokens[place - 1] in (",", "(")
        name = next((each for each in (*READ, *LEFT_OUT) if begins and _spells(tokens, place, f"{each}=")), "")
        if name in LEFT_OUT:
            end = place + len(name) + 1
            value = next((each for each in _VALUES if _spells(tokens, end, each)), "")
            if value:
                found.pop()
                place = end + len(value)
                continue
        if name in READ:
            found += [Word(name), "="]
            place += len(name) + 1
            continue
        found.append(tokens[place])
        place += 1
    return found


def _spells(tokens: Sequence[Token], place: int, text: str) -> bool:
    """Whether the tokens from a place on are the letters of a text."""
    return list(tokens[place : place + len(text)]) == list(text)
