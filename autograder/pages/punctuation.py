"""A formula keeps its comma: no line begins with one, nor ends with the quotation mark or bracket before a formula."""

import re
from itertools import islice

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

KEPT = "kept"
# Of texts in a page, for each is looked up among its neighbours.
MOST = 5000
_OPENING, _CLOSING = "[(\\[\"'\u201c\u2018]", "[,.;:!?)\\]\"'\u201d\u2019]"
# What stands for a formula while a page is made.
_FORMULA = "\ue000[\ue010-\ue01f]+\ue001"
# A sentence needs no more of them; without a bound, a long row of brackets would take time that grows with its square.
_TOGETHER = re.compile(f"({_OPENING}{{0,3}}{_FORMULA}{_CLOSING}{{1,5}}|{_OPENING}{{1,3}}{_FORMULA})")
_NOT_HERE = frozenset(("code", "pre", "title", "style", "script"))


def keep_punctuation(page: BeautifulSoup) -> None:
    """Put each formula that has a sign right before or behind it into an element in which no line is broken."""
    texts = (element for element in page.descendants if isinstance(element, NavigableString) and "\ue000" in element)
    for text in list(islice(texts, MOST)):
        parent = text.parent
        if isinstance(text, PreformattedString) or parent is None:
            continue
        if parent.name in _NOT_HERE or KEPT in (parent.get("class") or ()):
            continue
        pieces = _TOGETHER.split(text)
        if len(pieces) > 1:
            text.replace_with(*(_together(page, piece) if place % 2 else piece for place, piece in enumerate(pieces) if piece))


def _together(page: BeautifulSoup, piece: str) -> Tag:
    element = page.new_tag("span", attrs={"class": KEPT})
    element.string = piece
    return element
