r"""Stars for transposes: of real matrices the adjoint ``A^*`` is ``A^\top``, where a text uses no star for what is optimal, ``S^* = \dots``.

So is ``A^H``, and ``x^\dagger`` above columns, for which nobody has a pseudoinverse; the conjugate ``x_n^*`` of a real number is that number.
"""

from collections.abc import Iterable, Sequence, Set

from matrix_checks.derivations.reading.spelling import EQUALITIES, TRANSPOSITIONS
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, star_at

HERMITIAN, DAGGER = "H", "\\dagger"
CLOSING = (")", "]", "}", "\\rangle")
# Behind a factor they end it.
NO_FACTORS = (*EQUALITIES, *CLOSING, ",", ";", ".", "&", "\\\\", "+", "-", "^", "_", "|", "\\|")


def transposes_by_stars(formulas: Iterable[Sequence[Token]], variables: Set[str]) -> bool:
    """Whether a star stands above a factor of some product, and above no letter that a formula sets equal to something, or that is no variable of the exercise."""
    is_factor = False
    for tokens in formulas:
        for place, length in _stars(tokens):
            behind = tokens[place + length : place + length + 1]
            if tokens[place - 1] != ")" and tokens[place - 1] not in variables:
                return False
            before = tokens[place - 2 : place - 1] if place > 1 else []
            if behind and behind[0] in EQUALITIES and (not before or before[0] in NO_FACTORS):
                return False
            is_factor |= bool(behind) and behind[0] not in NO_FACTORS and not isinstance(behind[0], Word)
    return is_factor


def with_transposes_for_stars(tokens: Sequence[Token]) -> list[Token]:
    """The formula with the sign of a transposition for each star; it remembers how it was written."""
    found: list[Token] = []
    start = 0
    for place, length in _stars(tokens):
        # Before a row, as in x^* c^\\top, it is a conjugate.
        behind = list(tokens[place + length + 1 : place + length + 3])
        is_before_row = behind[:1] == ["^"] and behind[1:] and behind[1] in TRANSPOSITIONS
        found += [*tokens[start:place], *([] if is_before_row else ["^", Renamed.of("\\top", "*")])]
        start = place + length
    return [*found, *tokens[start:]]


def transposes_by_letter(formulas: Iterable[Sequence[Token]], variables: Set[str]) -> bool:
    """Whether an H stands above letters and brackets, of which one is a variable, and nowhere else: it is no matrix and no number of the text's own."""
    found = False
    for tokens in formulas:
        for place, token in enumerate(tokens):
            if token != HERMITIAN:
                continue
            before = tokens[place - 2] if place > 1 and tokens[place - 1] == "^" else ""
            if not before or not (str(before).isalpha() or before in CLOSING):
                return False
            found |= before in variables or before == ")"
    return found


def with_transposes_for_letters(tokens: Sequence[Token]) -> list[Token]:
    """The formula with the sign of a transposition for each H, and without stars above entries that are factors."""
    found: list[Token] = []
    start = 0
    for place, length in _stars(tokens):
        behind = tokens[place + length : place + length + 1]
        if place > 1 and tokens[place - 2] == "_" and behind and behind[0] not in NO_FACTORS:
            found += tokens[start:place]
            start = place + length
    found += tokens[start:]
    return _with_transposes(found, HERMITIAN)


def transposes_by_daggers(formulas: Iterable[Sequence[Token]]) -> bool:
    """Whether a dagger stands above a small letter or a list of entries somewhere, or is set equal to a transposition: above matrices alone it is a pseudoinverse."""
    for tokens in formulas:
        for place, token in enumerate(tokens[2:], start=2):
            if token != DAGGER or tokens[place - 1] != "^":
                continue
            body, behind = str(tokens[place - 2]), list(tokens[place + 1 : place + 5])
            # Of a list, or of a difference, which nobody inverts.
            is_list = body == ")" and not {",", "-"}.isdisjoint(_last_bracket(tokens[: place - 1]))
            is_said = behind[:1] == ["="] and behind[1:2] == [body] and behind[2:3] == ["^"] and behind[3:4] != [DAGGER]
            if is_list or is_said or (len(body) == 1 and body.islower()):
                return True
    return False


def _last_bracket(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens behind the last opening bracket."""
    opening = max((place for place, token in enumerate(tokens) if token == "("), default=0)
    return tokens[opening:]


def with_transposes_for_daggers(tokens: Sequence[Token]) -> list[Token]:
    """The formula with the sign of a transposition for each dagger; it remembers how it was written."""
    return _with_transposes(tokens, DAGGER)


def _with_transposes(tokens: Sequence[Token], sign: str) -> list[Token]:
    """The formula with the sign of a transposition for another one that stands above something."""
    return [Renamed.of("\\top", sign) if token == sign and before == "^" else token for before, token in zip(["", *tokens], tokens)]


def _stars(tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    for place, token in enumerate(tokens):
        length = star_at(tokens, place) if token == "^" and place else 0
        if length:
            yield place, length
