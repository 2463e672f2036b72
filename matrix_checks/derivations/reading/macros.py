"""Abbreviations that a text defines: ``\\newcommand``, also with arguments, ``\\def`` and ``\\DeclareMathOperator``."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.keyboard_letters import keyboard_letters
from matrix_checks.derivations.reading.over import fractions, with_fractions
from matrix_checks.derivations.reading.plain_numbers import Numbered, numbered_names, plain_numbers
from matrix_checks.derivations.reading.plain_tex import plain_tex, weights, wide_spaces
from matrix_checks.derivations.reading.unicode_letters import unicode_letters
from matrix_checks.derivations.reading.usual_macros import usual_macros

MOST_MACROS = 50
LONGEST_BODY = 200
# How often macros in the bodies of macros are replaced, and how long a formula may become.
ROUNDS = 4
LONGEST_EXPANSION = 20_000

_DEFINITION = re.compile(
    r"\\(?:(newcommand|renewcommand|providecommand|DeclareMathOperator)\*?\s*\{?\s*\\([a-zA-Z]+)\s*\}?|def\s*\\([a-zA-Z]+))"
    r"\s*(?:\[([1-9])\]|((?:#[1-9])*))\s*(?=\{)"
)
_ARGUMENT = re.compile(r"#([1-9])")


@dataclass
class Macros:
    """What abbreviations stand for, by their names without the backslash.

    Attributes
    ----------
    bodies
        What each stands for, with the macros in it replaced; those that stand for themselves are left out.
    arguments
        How many arguments it takes, for those that take any.
    definitions
        Where the definitions begin and end in the text.
    numbered
        What the text tells apart by plain numbers: ``W1``.
    """

    bodies: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, int] = field(default_factory=dict)
    definitions: list[tuple[int, int]] = field(default_factory=list)
    numbered: Numbered = Numbered()


@dataclass(frozen=True)
class Expanded:
    """A formula with its macros replaced.

    Attributes
    ----------
    text
        What is read.
    original
        What was written.
    starts, shifts
        Where each stretch of it begins, and where that stands in the formula as it was written.
    widths
        Whether a stretch was written so, or stands for a macro: then all of it stands at one place.
    """

    text: str
    original: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)
    written: tuple[bool, ...] = (True,)

    def place(self, place: int) -> int:
        """Where something in the text stands in the formula as it was written."""
        stretch = bisect_right(self.starts, place) - 1
        return self.shifts[stretch] + (place - self.starts[stretch] if self.written[stretch] else 0)


def macros_of(text: str) -> Macros:
    """The macros that a text defines."""
    found = Macros(numbered=numbered_names(text))
    search = 0
    while len(found.definitions) < MOST_MACROS and (match := _DEFINITION.search(text, search)):
        end = closing_brace(text, match.end())
        search = match.end()
        if end is None:
            continue
        search = end
        body = with_fractions(text[match.end() + 1 : end - 1])
        found.definitions.append((match.start(), end))
        name = match[2] or match[3]
        found.bodies[name] = f"\\operatorname{{{body}}}" if match[1] == "DeclareMathOperator" else body
        found.arguments[name] = int(match[4] or 0) or len(match[5] or "") // 2
    for name, count, body in usual_macros(text, found.bodies):
        found.bodies[name], found.arguments[name] = body, count
    _resolve(found)
    return found


def _resolve(found: Macros) -> None:
    """Replace macros in the bodies of macros; what does not come to an end is no macro."""
    pattern = _uses(found)
    for _ in range(ROUNDS if pattern else 0):
        for name, body in list(found.bodies.items()):
            grown = _replaced(body, found, pattern) if pattern else body
            found.bodies[name] = grown if len(grown) <= LONGEST_BODY * 5 else body
    for name, body in list(found.bodies.items()):
        if pattern and pattern.search(body):
            del found.bodies[name]


def _uses(found: Macros) -> re.Pattern[str] | None:
    names = "|".join(sorted(found.bodies, key=len, reverse=True))
    return re.compile(rf"\\({names})(?![a-zA-Z])") if names else None


def _replaced(text: str, found: Macros, pattern: re.Pattern[str], rounds: int = ROUNDS) -> str:
    """A text with the macros in it replaced, those in their arguments, too."""
    parts, place = [], 0
    for first, last, body in _spans(text, found, pattern, rounds):
        parts += [text[place:first], body]
        place = last
    return "".join([*parts, text[place:]])


def _spans(text: str, found: Macros, pattern: re.Pattern[str], rounds: int) -> Iterator[tuple[int, int, str]]:
    """Where macros are used, and what stands there instead."""
    place = 0
    while use := pattern.search(text, place):
        place = use.end()
        body, number = found.bodies.get(use[1]), found.arguments.get(use[1], 0)
        if body is None:
            continue
        given = []
        for _ in range(number):
            argument = _argument(text, place)
            if argument is None:
                break
            given.append(text[argument[0] : argument[1]])
            place = argument[2]
        if len(given) < number:
            continue
        if rounds > 1:
            given = [_replaced(each, found, pattern, rounds - 1) for each in given]
        # A letter may follow the end of the body.
        yield use.start(), place, f"{_filled(body, given)[:LONGEST_EXPANSION]} "


def _filled(body: str, given: list[str]) -> str:
    """The body of a macro with its arguments."""
    return _ARGUMENT.sub(lambda mark: given[int(mark[1]) - 1] if int(mark[1]) <= len(given) else mark[0], body)


def _argument(text: str, place: int) -> tuple[int, int, int] | None:
    """Where the argument at a place begins and ends, and where it is over; one in braces, or a single token."""
    place += len(text[place:]) - len(text[place:].lstrip())
    if text[place : place + 1] == "{":
        end = closing_brace(text, place)
        return None if end is None else (place + 1, end - 1, end)
    token = re.compile(r"\\[a-zA-Z]+|\\.|[^\s{}$]").match(text, place)
    return (token.start(), token.end(), token.end()) if token else None


def expanded(source: str, start: int, found: Macros) -> Expanded:
    """A formula that begins at a place of the text, with its macros replaced and the definitions in it left out."""
    pattern = _uses(found)
    spans = [
        (max(first - start, 0), last - start, "")
        for first, last in found.definitions
        if first < start + len(source) and last > start
    ]
    defined = list(spans)
    for one in _spans(source, found, pattern, ROUNDS) if pattern else ():
        if not any(first <= one[0] < last for first, last, _ in defined):
            spans.append(one)
    inside = [span[:2] for span in spans]
    numbers = list(plain_numbers(source, found.numbered))
    ends = {last for _, last, _ in numbers}
    typed = [*numbers, *(one for one in keyboard_letters(source) if one[1] not in ends)]
    places = {first for first, _, _ in typed}
    spans += [
        one
        for one in (
            *plain_tex(source),
            *wide_spaces(source),
            *weights(source),
            *fractions(source),
            *typed,
            *(one for one in unicode_letters(source) if one[0] not in places),
        )
        # What is put in before a macro is not inside of it.
        if not any(one[0] < last and one[1] > first for first, last in inside)
    ]
    return replaced(source, spans)


def replaced(source: str, spans: list[tuple[int, int, str]]) -> Expanded:
    """A formula with other text in the place of some of it."""
    if not spans:
        return Expanded(source, source)
    parts: list[str] = []
    starts, shifts, written = [0], [0], [True]
    place = length = 0
    for first, last, body in sorted(spans):
        kept = source[place:first]
        parts += [kept, body]
        starts += [length + len(kept), length + len(kept) + len(body)]
        shifts += [first, last]
        written += [False, True]
        length += len(kept) + len(body)
        place = last
        if length > LONGEST_EXPANSION:
            return Expanded(source, source)
    return Expanded("".join([*parts, source[place:]]), source, tuple(starts), tuple(shifts), tuple(written))


def closing_brace(text: str, place: int) -> int | None:
    """The place behind the brace that closes the one at a place, if the body is short."""
    depth = 0
    for end in range(place, min(len(text), place + LONGEST_BODY)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if not depth:
            return end + 1
    return None
