"""Which expressions a formula sets equal; a new sign between expressions is added to ``_READERS``."""

from collections.abc import Callable

from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.conditions import index_condition
from matrix_checks.derivations.reading.groups import CLOSE, unwrapped
from matrix_checks.derivations.reading.splitter import Readers, Splitter
from matrix_checks.derivations.reading.statements import (
    BREAKS,
    COMPARISONS,
    ENDS,
    GOES_ON,
    MOST_GAPS,
    Chain,
    Cut,
    row_continues,
    skip_spacing,
    until_shape_ends,
)
from matrix_checks.derivations.reading.tex import ARROWS, RELATIONS, Mark, Token, Word, unmarked


def _relation(splitter: Splitter, sign: str) -> None:
    chain = splitter.chain
    if chain.shape:
        splitter.end()
        chain = splitter.chain
    if len(chain.members) > 1 and not chain.members[-1]:
        splitter.separators.append(chain.signs[-1])
        chain.signs[-1] = sign
        return
    if chain.members == [[]] and not chain.behind_arrow and splitter.last and not chain.is_remark:
        chain.members[0] = unmarked(splitter.last)
    chain.signs.append(sign)
    chain.members.append([])


def _membership(splitter: Splitter, sign: str) -> None:
    splitter.chain.shape = until_shape_ends(splitter.stream)
    splitter.end()


def _comparison(splitter: Splitter, sign: str) -> None:
    """A comparison is no equality: only that indices differ is a condition."""
    chain = splitter.chain
    if sign == "\\ne" and len(chain.members) == 1 and len(splitter.current) == 1:
        chain.signs.append(sign)
        chain.members.append([])
        following = splitter.stream.peek()
        splitter.keep(following) if following is not None else None
        if index_condition(chain.members, chain.signs, splitter.is_name) and _ends_at(splitter, 1):
            splitter.stream.place += 1
            return
        chain.signs.pop()
        chain.members.pop()
    splitter.end()


def _ends_at(splitter: Splitter, ahead: int) -> bool:
    token = splitter.stream.peek(ahead)
    return token is None or isinstance(token, Word) or (token in ENDS and token not in RELATIONS) or token in CLOSE


def _exclamation(splitter: Splitter, sign: str) -> None:
    if splitter.stream.peek() is not None:
        splitter.keep(sign)


def _break(splitter: Splitter, sign: str) -> None:
    splitter.end(sign)


def _arrow(splitter: Splitter, sign: str) -> None:
    splitter.separators.append(sign)
    splitter.end(sign)
    splitter.statement = None


def _colon(splitter: Splitter, sign: str) -> None:
    if splitter.chain.signs and splitter.current and splitter.current[-1] == ")" and splitter.stream.peek() == "(":
        # A product that is not read, between brackets of one side.
        splitter.keep(sign)
        return
    beside = bool(splitter.current) and splitter.stream.peek() is not None
    splitter.chain.beside_colon |= beside
    splitter.end(sign)
    splitter.chain.beside_colon |= beside


def _point(splitter: Splitter, sign: str) -> None:
    """A full stop, unless a digit follows or the point stands close between two things that are no statements."""
    following = splitter.stream.peek()
    close = isinstance(sign, Mark) and not sign.space_behind
    ends = following is None or isinstance(following, Word) or following in ENDS or following in CLOSE
    if (
        isinstance(following, str)
        and following[:1].isdecimal()
        or close
        and splitter.current
        and not ends
        or close
        and isinstance(following, Word)
        and splitter.current
        and splitter.stream.peek(1) == "("
    ):
        splitter.keep(sign)
    else:
        splitter.end()


def _gap(splitter: Splitter, sign: str) -> None:
    goes_on = splitter.current and splitter.current[-1] in GOES_ON
    if not goes_on and (splitter.current or len(splitter.chain.members) == 1):
        splitter.end() if not _relation_follows(splitter) else None


def _relation_follows(splitter: Splitter) -> bool:
    ahead = 0
    while ahead < MOST_GAPS and splitter.stream.peek(ahead) in ("&", "\\quad"):
        ahead += 1
    following = splitter.stream.peek(ahead)
    return isinstance(following, str) and following in RELATIONS


def _cell(splitter: Splitter, sign: str) -> None:
    gaps = 0
    while splitter.stream.take_any(("&", "\\quad")):
        gaps += 1
    following = splitter.stream.peek()
    inside = splitter.stream.peek(1) if following in ("(", "[") else following
    if isinstance(inside, Word) and not splitter.is_name(inside.text) and not _chain_waits(splitter):
        phrase = inside.phrase or inside.text
        if not vocabulary.begins_condition(phrase) and not vocabulary.is_other_case(phrase):
            splitter.in_remark = not vocabulary.connects(phrase) or following != inside
        elif splitter.chain.signs:
            return
        splitter.end()
    elif (gaps and splitter.current) or (not gaps and _begins_column(splitter)):
        splitter.end() if not _relation_follows(splitter) else None


def _begins_column(splitter: Splitter) -> bool:
    """Whether another equality begins, with its own mark of alignment, in the same row: ``a &= b & c &= d``."""
    if len(splitter.chain.members) < 2 or not splitter.current or splitter.current[-1] in GOES_ON:
        return False
    if splitter.stream.peek() in GOES_ON | ENDS:
        return False
    ahead = 0
    while (token := splitter.stream.peek(ahead)) is not None and token != "\\\\" and token not in RELATIONS:
        if token == "&":
            return splitter.stream.peek(ahead + 1) in RELATIONS
        ahead += 1
    return False


def _chain_waits(splitter: Splitter) -> bool:
    """Whether a sign has no right side yet."""
    return bool(splitter.chain.signs) and not splitter.current


def _row(splitter: Splitter, sign: str) -> None:
    skip_spacing(splitter.stream)
    waits = _chain_waits(splitter) or (splitter.current and splitter.current[-1] in GOES_ON)
    if splitter.in_remark or not (waits or (row_continues(splitter.stream) and splitter.current)):
        splitter.in_remark = False
        splitter.end()
    if not row_continues(splitter.stream):
        splitter.statement = None
    elif splitter.current and not splitter.in_remark:
        # What such a row is moved in by is no gap between two statements.
        while splitter.stream.take_any(("&", "\\quad")):
            pass


# What each sign outside of brackets does; any other belongs to an expression.
_READERS: Readers = {
    **dict.fromkeys(RELATIONS, _relation),
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys(BREAKS, _break),
    **dict.fromkeys(ARROWS, _arrow),
    "\\in": _membership,
    "!": _exclamation,
    ":": _colon,
    ".": _point,
    "\\quad": _gap,
    "&": _cell,
    "\\\\": _row,
}


def chains(tokens: list[Token], is_name: Callable[[str], bool]) -> list[Chain]:
    """The chains of a formula; see :func:`cut`."""
    return cut(tokens, is_name).chains


def cut(tokens: list[Token], is_name: Callable[[str], bool]) -> Cut:
    """A formula in pieces.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`.
    is_name
        Whether a word of several letters belongs to a formula; any other is prose.
    """
    splitter = Splitter(unwrapped(tokens), is_name, _READERS)
    return Cut(splitter.chains(), splitter.separators)
