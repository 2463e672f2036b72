"""What the words directly behind a formula say of it: the case or the size for which it is meant, and what they assume."""

import re
from dataclasses import dataclass, replace

from matrix_checks.derivations.prose import words, words_of_properties
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.prose.words_of_remarks import begins_condition, says_of_what
from matrix_checks.derivations.reading.cases_in_words import case_behind, compared_behind
from matrix_checks.derivations.reading.formulas import Piece, prose_at

Names = frozenset[str]


@dataclass(frozen=True)
class Behind:
    """What the words behind a formula say of it.

    Attributes
    ----------
    case, size
        The case, or the size, for which it is meant.
    letters
        The names of which they assume something.
    is_assumed
        Whether they set a condition that is none of these.
    otherwise
        Whether it is meant for the other case.
    compared
        The two indices that words compare, and whether they are the same.
    same
        Whether two indices are the same in the case, whose letters are not said; ``None`` for none.
    supposes
        Whether they say what would follow from it.
    denied
        Whether they say that it is wrong.
    line_by_line
        Whether they say that it is meant for each line of a matrix.
    qualified
        Whether they say of what it is true.
    consumed
        Whether the next formula is that condition, and nothing else.
    """

    case: Case | None = None
    size: tuple[str, int] | None = None
    letters: Names = frozenset()
    is_assumed: bool = False
    otherwise: bool = False
    compared: Case | None = None
    same: bool | None = None
    supposes: bool = False
    denied: bool = False
    line_by_line: bool = False
    qualified: bool = False
    consumed: bool = False


NOTHING_BEHIND = Behind()
# What the first words behind a formula say of it, whatever follows.
_SAID_AT_ONCE = (
    (words.DENIED_BEHIND, Behind(denied=True)),
    (words.LINE_BY_LINE, Behind(line_by_line=True)),
    (words.WOULD_BEHIND, Behind(supposes=True)),
)
_OF_CASE = re.compile(r"(?i)[\s,]*(?:for|with|and|für|mit|und|pour|avec|et|para|con|y|per|e|при|для|и)\s*")
# Between a formula and what it asks of an index: "whenever ``$k \\ne 1$``".
_FEW_WORDS = re.compile(r"[ \t,(]*+\n?[ \t]*+(?![A-ZА-ЯÀ-Þ])[^\W\d_][^.;:!?$\n]{0,30}")
_OF_INDEX = re.compile(
    r"\s*+[i-np-t]\s*+(?:\\(?:neq?|le|leq|ge|geq|lt|gt|in|notin|not\s*=)|[≠=<>])\s*+(?:\d+|[i-np-t]|\\\{[^$]{1,40}\\\})\s*+[.,;)]?\s*+"
)
# A letter with a short value: ``x = e_1``.
_SETTING = re.compile(r"\s*[A-Za-z]\s*=\s*[^=+\-/<>]{1,14}")
_IS_ZERO = re.compile(r"=\s*(?:0|\\mathbf\s*\{?0\}?)[\s.,]*$")


def behind(pieces: list[Piece], place: int) -> Behind:
    """What stands behind the formula at a place."""
    found = _behind(pieces, place)
    if found == NOTHING_BEHIND and _is_setting(pieces, place):
        return Behind(supposes=True)
    # A case that is judged needs no doubt.
    is_of_index = found == NOTHING_BEHIND and _is_of_index(pieces, place)
    return replace(found, qualified=is_of_index or _is_qualified(pieces, place))


# Languages that have their "if" behind what is supposed, and a matrix that is equal to its transpose.
_SUPPOSED_BEHIND = re.compile(
    r"\s*(?:이면|이라면|라면|라고|일\s?때|일\s?경우|인\s?경우|ならば|なら|のとき|の時|の場合|とすると|(?:ise|iken|olursa|olduğunda)\b|时|時|的话)"
)
_TURNED = re.compile(r"([A-Z])\s*(?:=\s*\1\s*\^\s*\{?\s*(?:\\top|T)\s*\}?|\^\s*\{?\s*(?:\\top|T)\s*\}?\s*=\s*\1)")


def _behind(pieces: list[Piece], place: int) -> Behind:
    prose, formula, rest = (pieces[place + ahead] if place + ahead < len(pieces) else None for ahead in (1, 2, 3))
    if prose is None or prose.kind != "prose":
        return NOTHING_BEHIND
    if _SUPPOSED_BEHIND.match(prose.source) and _TURNED.fullmatch(pieces[place].source.strip()):
        return Behind(is_assumed=True)
    said = next((meant for pattern, meant in _SAID_AT_ONCE if pattern.match(prose.source)), None)
    if said is not None:
        return said
    if words.OTHERWISE.search(prose.source):
        # "…, otherwise $…$" speaks of the next formula.
        following = words.OTHERWISE.sub("", prose.source, count=1).strip(" ,:*_\n")
        return NOTHING_BEHIND if not following and formula is not None else Behind(otherwise=True)
    source = prose.source if formula is not None else f"{prose.source}."
    compared, same = compared_behind(source), case_behind(source)
    if compared is not None or same is not None:
        return Behind(compared=compared, same=same)
    if words.COMPARED_BEHIND.search(prose.source):
        return Behind(is_assumed=True)
    if not words.CONDITION_BEHIND.search(prose.source) or formula is None or formula.kind != "inline":
        return NOTHING_BEHIND
    if rest is not None and rest.kind == "prose" and words.LEADS.search(rest.source):
        return NOTHING_BEHIND
    begins = prose.source.strip(" ,;(\n")[:1].isupper()
    if begins and rest is not None and rest.kind == "prose" and rest.source.strip()[:1].isalpha():
        # "For $N = 1$ this says": a sentence of its own.
        return NOTHING_BEHIND
    words_before = prose.source.strip(" ,;(\n").lower()
    if words_before in ("unless", "except", "except for"):
        return Behind(is_assumed=True)
    if case := words.CASE_ALONE.fullmatch(formula.source):
        if _goes_on_with_case(pieces, place + 2):
            return Behind(is_assumed=True)
        return Behind(case=(case[1], case[3], case[2] in ("=", "==")), consumed=True)
    if size := words.SIZE_ALONE.fullmatch(formula.source):
        return Behind(size=(size[1], int(size[2])), consumed=True)
    letter = words.LETTER.fullmatch(formula.source)
    if letter:
        has_property = rest is not None and rest.kind == "prose" and words_of_properties.PROPERTY.search(rest.source) is not None
        return Behind(letters=frozenset((letter[1],))) if has_property else NOTHING_BEHIND
    is_range = "\\dots" in formula.source or "\\ldots" in formula.source or "..." in formula.source or "\\in" in formula.source
    return Behind(is_assumed="=" in formula.source and not is_range and words_before not in ("where", "for"))


def _goes_on_with_case(pieces: list[Piece], place: int) -> bool:
    """Whether another case stands beside the one at a place: "if i = p and j = q"."""
    prose, formula = (pieces[place + ahead] if place + ahead < len(pieces) else None for ahead in (1, 2))
    if prose is None or formula is None or prose.kind != "prose" or words.GOES_ON.search(prose.source) is None:
        return False
    return words.CASE_ALONE.fullmatch(formula.source) is not None


def _is_of_index(pieces: list[Piece], place: int) -> bool:
    """Whether a few words and a formula behind it ask something of an index."""
    prose, formula = prose_at(pieces, place + 1), pieces[place + 2] if place + 2 < len(pieces) else None
    return formula is not None and _FEW_WORDS.fullmatch(prose) is not None and _OF_INDEX.fullmatch(formula.source) is not None


def _is_setting(pieces: list[Piece], place: int) -> bool:
    """Whether a value of a letter begins a sentence, and a colon behind it says that what follows is meant for it: "``$x = e_1$``: ..."."""
    begins = place == 0 or re.search(r"(?:^|[.;!?\n])\s*$", prose_at(pieces, place - 1)) is not None
    is_value = pieces[place].kind == "inline" and _SETTING.fullmatch(pieces[place].source) is not None
    return begins and is_value and place + 2 < len(pieces) and prose_at(pieces, place + 1).lstrip()[:1] == ":"


def _is_qualified(pieces: list[Piece], place: int) -> bool:
    """Whether the words behind a formula, or behind a case of it, say of what it is true."""
    prose = prose_at(pieces, place + 1)
    is_letter = place + 2 < len(pieces) and words.LETTER.fullmatch(pieces[place + 2].source) is not None
    if is_letter and begins_condition(prose):
        return True
    return says_of_what(prose) or (_OF_CASE.fullmatch(prose) is not None and says_of_what(prose_at(pieces, place + 3)))


def is_zero_behind(pieces: list[Piece], place: int) -> bool:
    """Whether the words behind a formula speak of a minimum, or its like, or say what follows where something is zero."""
    prose = pieces[place + 1] if place + 1 < len(pieces) else None
    if prose is None or prose.kind != "prose":
        return False
    follows = _IS_ZERO.search(pieces[place].source) and words.GIVES_BEHIND.search(prose.source)
    return words.ZERO_BEHIND.search(prose.source) is not None or follows is not None
