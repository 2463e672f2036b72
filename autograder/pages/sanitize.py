"""What makes a page stand on its own: nothing in it fetches or runs anything, and it has a table of contents."""

import copy
import itertools
import re
from collections import defaultdict

from bs4 import BeautifulSoup, NavigableString, Stylesheet, Tag
from bs4.element import Doctype, PreformattedString

MAXIMAL_HEADINGS = 500
_ACTIVE = (
    "script", "iframe", "frame", "object", "embed", "applet", "base", "link", "form", "template", "noscript", "animate", "set",
)  # fmt: skip
_ADDRESSES = (
    "src",
    "srcset",
    "href",
    "xlink:href",
    "data",
    "poster",
    "background",
    "action",
    "formaction",
    "ping",
    "cite",
)
_FETCHING_STYLE = re.compile(r"@import|url\(\s*+['\"]?+\s*+(?!data:|#)", re.IGNORECASE)
_MARKS = re.compile("[\ue000-\ue01f]+")
# The classes of folds in which nothing asks for attention: the true steps of a derivation, and what stands in the chapter.
_STAY_FOLDED = {"true-steps", "chapter"}
_NOT_PROSE = frozenset(("code", "pre", "style", "script", "title"))


class PageError(ValueError):
    """A page that cannot be made as it should be; the message says why."""


def part(page: BeautifulSoup, name: str) -> Tag:
    """The element of that name, which the template of pages has."""
    element = page.find(name)
    assert isinstance(element, Tag), f"a page without <{name}>"
    return element


def make_offline(page: BeautifulSoup) -> list[str]:
    """Take out of the page whatever fetches or runs something, and comments. Returns a sentence for each loss.

    A link that a reader follows by a click stays.
    """
    problems = []
    for element in list(page.descendants):
        if isinstance(element, PreformattedString) and not isinstance(element, Stylesheet) and not _begins_page(page, element):
            # Comments, and what a browser may take for one, or for something else.
            element.extract()
        elif isinstance(element, Tag) and (
            element.name in _ACTIVE or (element.name == "style" and _is_no_plain_style(element.get_text()))
        ):
            problems.append(f"a <{element.name}> element has no place in a page that opens offline")
            element.extract()
    for element in _elements(page):
        if element.name == "meta" and str(element.get("http-equiv", "")).lower() == "refresh":
            problems.append("a page that opens offline leads nowhere by itself")
            element.extract()
        elif element.name == "details" and not _STAY_FOLDED.intersection(element.get("class") or ()):
            element["open"] = ""  # nothing is folded away on paper
        problems += _clean_attributes(page, element)
    return problems


def _begins_page(page: BeautifulSoup, element: PreformattedString) -> bool:
    """Whether it is the first line of the template, without which a browser lays the page out as one of the last century."""
    return (
        isinstance(element, Doctype)
        and element == "html"
        and element is next((each for each in page.contents if str(each).strip()), None)
    )


def _is_no_plain_style(text: str) -> bool:
    """Whether a style would fetch something, or would be read as elements where it stands inside a drawing."""
    return "<" in text or "\\" in text or _FETCHING_STYLE.search(text) is not None


def _elements(page: BeautifulSoup) -> list[Tag]:
    # What is looked for is so simple that a search of Beautiful Soup's would take longer than all the rest.
    return [element for element in page.descendants if isinstance(element, Tag)]


def _clean_attributes(page: BeautifulSoup, element: Tag) -> list[str]:
    problems = []
    for name in list(element.attrs):
        if not isinstance(element.attrs[name], list):
            # What stands for a formula elsewhere would bring its quotation marks here.
            element.attrs[name] = _MARKS.sub("", str(element.attrs[name]))
        value = str(element.attrs[name]).strip()
        followed = name == "href" and element.name in ("a", "area")
        if name.startswith("on") or (name == "style" and _is_no_plain_style(value)):
            problems.append(f"the attribute {name} of <{element.name}> would run or fetch something")
        elif (
            name not in _ADDRESSES
            or value.startswith("#")
            or followed
            and not re.match(r"(?i)(javascript|data|vbscript):", re.sub(r"[\x00-\x20]", "", value))
            or not followed
            and value.lower().startswith("data:")
        ):
            continue
        else:
            problems.append(f"the {name} of <{element.name}> is not inside the page: {value[:80]}")
        del element.attrs[name]
        if element.name == "img" and name == "src":
            note = page.new_tag("span", attrs={"class": "missing"})
            note.string = f"[a picture that is not in the notebook: {value[:80]}]"
            element.replace_with(note)
            break
    return problems


def _headings(root: Tag) -> list[Tag]:
    """The headings of the prose, those inside one another left out, which no page of sense has."""
    found = []
    waiting = [(root, False)]
    while waiting:
        element, in_prose = waiting.pop()
        in_prose = in_prose or "prose" in (element.get("class") or ())
        # The labels of cells are headings, too, and would double the table of contents.
        if in_prose and element.name in ("h1", "h2", "h3") and "label" not in (element.get("class") or ()):
            found.append(element)
        else:
            waiting += [(child, in_prose) for child in reversed(element.contents) if isinstance(child, Tag)]
    return found


def raw_tex(page: BeautifulSoup) -> list[str]:
    """A sentence for each piece of TeX that a reader of the page would see unset, code aside."""
    problems = []
    for text in page.find_all(string=True):
        if type(text) is NavigableString and not any(parent.name in _NOT_PROSE for parent in text.parents):
            problems += [f"raw TeX is left in the page: {found!r}" for found in re.findall(r"\\[a-zA-Z]+.{0,30}|\$\$", text)]
    return problems


def contents(page: BeautifulSoup, *, listed: bool = True) -> None:
    """Give each heading of the prose an address; if they are to be `listed`, fill `<nav>` with them, and set the title."""
    elements = _elements(page)
    main = part(page, "main")
    used: set[str] = {str(element["id"]) for element in elements if element.get("id") is not None}
    numbers: defaultdict[str, itertools.count] = defaultdict(lambda: itertools.count(1))
    entries = page.new_tag("ul")
    for heading in _headings(main)[:MAXIMAL_HEADINGS]:
        words = re.sub(r"[^a-z0-9]+", "-", heading.get_text().lower()).strip("-") or "section"
        names = (words if number == 1 else f"{words}-{number}" for number in numbers[words])
        name = next(name for name in names if name not in used)
        used.add(name)
        heading["id"] = name
        if not listed:
            continue
        entry = page.new_tag("li", attrs={"class": f"level-{heading.name[1]}"})
        link = page.new_tag("a", href=f"#{name}")
        for child in heading.contents:
            link.append(copy.copy(child))
        entry.append(link)
        entries.append(entry)
    if not listed:
        return
    part(page, "nav").append(entries)
    if first := main.find("h1"):
        part(page, "title").string = first.get_text().strip()
