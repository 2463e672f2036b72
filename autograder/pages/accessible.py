"""What a page needs for a keyboard, a narrow screen and a screen reader, beside its style."""

from bs4 import BeautifulSoup, Tag

# Of code in the text of a page; longer lines are reached by scrolling, on a wide screen.
LONGEST_LINE = 85
SCROLLS = "scroll"


def make_accessible(page: BeautifulSoup) -> None:
    """Give each table a scroller of its own, make what scrolls reachable by keys, and leave no heading of a column empty."""
    for element in [element for element in page.descendants if isinstance(element, Tag)]:
        if element.name == "table" and not _is_inside_scroller(element):
            element.wrap(page.new_tag("div", attrs={"class": SCROLLS, "tabindex": "0", "role": "group", "aria-label": "Table"}))
        elif element.name == "th" and not element.get_text().strip() and element.find("img") is None:
            element.name = "td"  # a corner, which is the heading of nothing
        elif element.name == "pre" and has_long_line(element.get_text()) and not element.get("tabindex"):
            element["tabindex"] = "0"


def has_long_line(text: str) -> bool:
    """Whether a line of code may be longer than the page is wide."""
    return any(len(line) > LONGEST_LINE for line in text.splitlines())


def _is_inside_scroller(table: Tag) -> bool:
    parent = table.parent
    return parent is not None and bool({SCROLLS, "score"} & set(parent.get("class") or ()))
