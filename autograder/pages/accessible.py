"""What a page needs for a keyboard, a narrow screen and a screen reader, beside its style."""

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

# Of code in the text of a page; longer lines are reached by scrolling, on a wide screen.
LONGEST_LINE = 85
SCROLLS = "scroll"
# Of a page, for each is looked up among its neighbours; and of what is inside one of them.
MOST_ELEMENTS, MOST_INSIDE = 5000, 500


def make_accessible(page: BeautifulSoup) -> None:
    """Give each table a scroller of its own, make what scrolls reachable by keys, and leave no heading of a column empty."""
    found = [element for element in page.descendants if isinstance(element, Tag) and element.name in _CHANGES]
    for element in found[:MOST_ELEMENTS]:
        _CHANGES[element.name](page, element)


def _give_scroller(page: BeautifulSoup, table: Tag) -> None:
    parent = table.parent
    if parent is None or not {SCROLLS} & set(parent.get("class") or ()):
        table.wrap(page.new_tag("div", attrs={"class": SCROLLS, "tabindex": "0", "role": "group", "aria-label": "Table"}))


def _name_or_demote(page: BeautifulSoup, heading: Tag) -> None:
    if not any(isinstance(each, Tag) or str(each).strip() for each in _inside(heading)):
        heading.name = "td"  # a corner, which is the heading of nothing


def _make_reachable(page: BeautifulSoup, code: Tag) -> None:
    if has_long_line("".join(str(each) for each in _inside(code) if isinstance(each, NavigableString))):
        code["tabindex"] = "0"


_CHANGES = {"table": _give_scroller, "th": _name_or_demote, "pre": _make_reachable}


def has_long_line(text: str) -> bool:
    """Whether a line of code may be longer than the page is wide."""
    return any(len(line) > LONGEST_LINE for line in text.splitlines())


def _inside(element: Tag) -> list[PageElement]:
    """What is inside an element, as far as it is worth reading: elements may stand inside one another without end."""
    found: list[PageElement] = []
    waiting: list[PageElement] = [element]
    while waiting and len(found) < MOST_INSIDE:
        current = waiting.pop()
        found.append(current)
        if isinstance(current, Tag):
            waiting += reversed(current.contents[:MOST_INSIDE])
    return found[1:]
