"""Cells of a page that were shown before, and are not cleaned and set again: most of a submission is the course's own.

A cell is kept by a digest of all that its HTML depends on, and by nothing else: no name, which a student could choose, tells one from another.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from autograder.pages.accessible import make_accessible
from autograder.pages.marks import ELEMENT, mark_of, marks_in, with_originals
from autograder.pages.punctuation import keep_punctuation
from autograder.pages.sanitize import make_offline

# Of HTML in memory; the cells of an assignment, pictures included, take half a million letters.
MOST_LETTERS = 20_000_000
# Of a cell: what has more of them is cleaned with the page, whose bounds it may reach.
MOST_TAGS = 1_000
# What the template says around a cell, and not in it.
_AROUND = ("exercise", "opens", "closes")
_HEADINGS = ("h1", "h2", "h3")
_CONTAINERS = ("section", "div", "details")
# In the template, what nothing refers to stands no deeper.
_DEEPEST = 6


@dataclass(frozen=True)
class Shown:
    """A cell as HTML.

    Attributes
    ----------
    html
        What is left for the page to see: headings and what has an address; marks stand for the rest.
    set_aside
        By mark, HTML that is finished.
    elements
        How many elements it took of those that a page may have.
    """

    html: str
    set_aside: dict[str, str]
    elements: int

    @property
    def letters(self) -> int:
        """How much room it takes."""
        return len(self.html) + sum(map(len, self.set_aside.values()))


class KeptCells:
    """Cells that were shown, those that were not asked for longest forgotten first."""

    def __init__(self, most_letters: int = MOST_LETTERS) -> None:
        self._most, self._letters = most_letters, 0
        self._shown: OrderedDict[bytes, Shown] = OrderedDict()

    def get(self, key: bytes) -> Shown | None:
        """What was shown for this key."""
        if (found := self._shown.get(key)) is not None:
            self._shown.move_to_end(key)
        return found

    def keep(self, key: bytes, shown: Shown) -> None:
        """Keep what was shown for this key."""
        if key in self._shown or shown.letters > self._most:
            return
        self._shown[key] = shown
        self._letters += shown.letters
        while self._letters > self._most:
            self._letters -= self._shown.popitem(last=False)[1].letters


def key_of(cell: dict[str, Any], settings: tuple[Any, ...]) -> bytes | None:
    """A digest of a cell and of what else its HTML depends on; ``None`` where it cannot be made.

    Parameters
    ----------
    cell
        With all of its metadata and outputs.
    settings
        Of the page, as far as a cell is shown by them.
    """
    metadata = dict(cell["metadata"])
    if isinstance(layout := metadata.get("layout"), dict):
        metadata["layout"] = {name: value for name, value in layout.items() if name not in _AROUND}
    try:
        text = json.dumps([settings, {**cell, "metadata": metadata}])
    except (TypeError, ValueError, RecursionError):
        return None
    return hashlib.sha256(text.encode()).digest()


def cleaned(html: str, set_aside: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The HTML of a cell, whose elements all end in it, cleaned: what the page has to see of it, and by mark what it has not.

    Parameters
    ----------
    html
        As the template makes it.
    set_aside
        What its marks stand for.
    """
    fragment = BeautifulSoup(html, "html.parser")
    make_offline(fragment)
    make_accessible(fragment)
    keep_punctuation(fragment)
    aside: dict[str, str] = {}

    def keep(elements: list[PageElement]) -> None:
        finished = with_originals("".join(map(str, elements)), set_aside)
        mark = mark_of(finished)
        aside[mark] = finished
        stands = fragment.new_tag(ELEMENT)
        stands.string = mark
        elements[0].replace_with(stands)
        for element in elements[1:]:
            element.extract()

    _set_aside(fragment, keep)
    shown = str(fragment)
    return shown, {mark: (aside | set_aside)[mark] for mark in marks_in(shown) if mark in aside or mark in set_aside}


def _set_aside(element: Tag, keep: Callable[[list[PageElement]], None], depth: int = 0) -> None:
    """Keep each run of elements inside that nothing in a page refers to."""
    run: list[PageElement] = []
    for child in [*element.contents, None]:
        if child is not None and not is_referred_to(child):
            # What is text alone stays text of the page at both ends.
            run += [child] if run or isinstance(child, Tag) else []
            continue
        while run and not isinstance(run[-1], Tag):
            run.pop()
        if run:
            keep(run)
        run = []
        if isinstance(child, Tag) and child.name in _CONTAINERS and depth < _DEEPEST:
            _set_aside(child, keep, depth + 1)


def is_referred_to(element: PageElement) -> bool:
    """Whether an element is, or has inside, a heading or something with an address."""

    def is_seen(tag: Tag) -> bool:
        return tag.name in _HEADINGS or tag.get("id") is not None

    return isinstance(element, Tag) and (is_seen(element) or element.find(is_seen) is not None)
