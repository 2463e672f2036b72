"""What a page needs for a keyboard, a narrow screen and a screen reader, beside its style."""

from itertools import islice

from bs4 import BeautifulSoup, NavigableString, Tag

# Of code in the text of a page; longer lines are reached by scrolling, on a wide screen.
LONGEST_LINE = 85
SCROLLS = "scroll"
# Each is looked up among its neighbours.
MOST_TABLES = 1000
MOST_INSIDE = 500


def make_accessible(page: BeautifulSoup) -> None:
    """Give each table a scroller of its own, make what scrolls reachable by keys, and leave no heading of a column empty."""
    wrapped = 0
    for element in [element for element in page.descendants if isinstance(element, Tag)]:
        if element.name == "table" and wrapped < MOST_TABLES and not _is_inside_scroller(element):
            wrapped += 1
            element.wrap(page.new_tag("div", attrs={"class": SCROLLS, "tabindex": "0", "role": "group", "aria-label": "Table"}))
        elif element.name == "th" and _is_empty(element):
            element.name = "td"  # a corner, which is the heading of nothing
        elif element.name == "pre" and not element.get("tabindex") and has_long_line(_beginning(element)):
            element["tabindex"] = "0"


def has_long_line(text: str) -> bool:
    """Whether a line of code may be longer than the page is wide."""
    return any(len(line) > LONGEST_LINE for line in text.splitlines())


def _beginning(element: Tag) -> str:
    """The text of an element, as far as it is worth reading: elements may stand inside one another without end."""
    return "".join(str(each) for each in islice(element.descendants, MOST_INSIDE) if isinstance(each, NavigableString))


def _is_empty(heading: Tag) -> bool:
    inside = list(islice(heading.descendants, MOST_INSIDE))
    return len(inside) < MOST_INSIDE and not any(isinstance(each, Tag) or str(each).strip() for each in inside)


def _is_inside_scroller(table: Tag) -> bool:
    parent = table.parent
    return parent is not None and bool({SCROLLS, "score"} & set(parent.get("class") or ()))
