"""What a formula is made of once it is read, and the space between its parts."""

from html import escape
from typing import NamedTuple

from autograder.pages.typeset.symbols import BINARY, CLOSING, OPENING, OPERATOR, ORDINARY, PUNCTUATION, RELATION

# The space between two neighbours (The TeXbook, chapter 18): rows for the left one, columns for the right one, both in
# the order of the kinds; nothing, thin, medium, thick.
_SPACING = ("01230001", "11030001", "22002002", "33003003", "00000000", "01230001", "11011111", "11230111")
_WIDTHS = {"1": "0.1667em", "2": "0.2222em", "3": "0.2778em"}

_OFTEN_LARGE = frozenset("⊕⊗⊙⊎")  # Firefox draws them in the size of a sum wherever a formula is displayed


class FormulaError(ValueError):
    """A formula that cannot be typeset; the message is the reason."""


class Style(NamedTuple):
    """How the surroundings want a part of a formula set."""

    display: bool  # limits above and below, tall fractions
    script: bool = False
    font: str = ""


class Atom(NamedTuple):
    """One part of a formula: its kind decides the space around it. A kind of None is a space, which no rule sees."""

    kind: int | None
    markup: str
    limits: bool = False  # whether its scripts stand above and below


def operator(character: str, attributes: str = ' stretchy="false"') -> str:
    """A `<mo>` element without space of its own, since `joined` puts TeX's and the browser must not add to it."""
    if character in _OFTEN_LARGE:
        attributes += ' largeop="false"'
    return f'<mo lspace="0" rspace="0"{attributes}>{escape(character, quote=False)}</mo>' if character else ""


def space(width: float) -> Atom:
    """An explicit space of so many ems."""
    return Atom(None, f'<mspace width="{width:g}em"/>' if width > 0 else f'<mrow style="margin-left: {width:g}em"></mrow>')


def joined(atoms: list[Atom], style: Style, before: int | None = None) -> str:
    """The atoms in one row with TeX's spaces; `before` is the kind of what stands to the left of the first one."""
    kinds = _resolved([atom.kind for atom in atoms], before)
    pieces = []
    left = before
    for kind, atom in zip(kinds, atoms, strict=True):
        # In a script only a large operator or a function's name keeps its distance.
        if left is not None and kind is not None and (not style.script or OPERATOR in (left, kind)):
            width = _WIDTHS.get(_SPACING[left][kind])
            pieces.append(f'<mspace width="{width}"/>' if width else "")
        pieces.append(atom.markup)
        left = left if kind is None else kind
    return f"<mrow>{''.join(pieces)}</mrow>"


def _resolved(kinds: list[int | None], before: int | None) -> list[int | None]:
    """The kinds with each binary operation that lacks an operand made ordinary: it is a sign."""
    kinds = list(kinds)
    places = [place for place, kind in enumerate(kinds) if kind is not None]
    left = before
    for place, following in zip(places, [*places[1:], None][: len(places)], strict=True):
        right = None if following is None else kinds[following]
        lonely = left in (None, BINARY, OPERATOR, RELATION, OPENING, PUNCTUATION) or right in (
            RELATION,
            CLOSING,
            PUNCTUATION,
            None,
        )
        if kinds[place] == BINARY and lonely:
            kinds[place] = ORDINARY
        left = kinds[place]
    return kinds
