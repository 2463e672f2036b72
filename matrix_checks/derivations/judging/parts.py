"""Parts of a text that stand on their own: one layer, then two; one object, then the batch; training, then evaluation.

A text may use a letter anew in each of its parts. What waits in the whole text, and holds where its part is read alone, holds. What is
false in the whole text and holds there waits, where a name in it was introduced anew: one of the two is not what the writer means.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT
from matrix_checks.derivations.judging.answers import MISSING, REACHED
from matrix_checks.derivations.judging.by_own_definitions import BY_DEFINITIONS
from matrix_checks.derivations.judging.report import Report, Step

# What begins a part: a heading; or else a paragraph that begins with words that are set apart; or with a few words and a colon behind.
_LEVELS = (
    re.compile(r"(?m)^(?:#{1,6}\s|<h[1-6]|(?:-{3,}|\*{3,})\s*$)"),
    re.compile(r"(?m)^(?:\*\*[^*\n]{2,60}\*\*|__[^_\n]{2,60}__|<b>)"),
    re.compile(r"(?m)^(?:\*[^*\n]{2,60}\*|_[^_\n]{2,60}_|(?<=\n\n)[^\W\d_][^\n$.:]{2,40}[.:](?:\s|$))"),
)
# A formula that begins with what a function is, and the paragraph that it stands in: "$$f(X) = \\operatorname{tr}(AXB)$$".
_STATEMENT = re.compile(r"\$\$?\s*(?:\\begin\{\w+\*?\}\s*)?([a-zA-Z])\s*(?:\(\s*[A-Za-z]\s*\)\s*)?&?\s*:?=\s*([^=$]{1,60})")
_PARAGRAPH = "\n\n"
_NAME = re.compile(r"\s*(\\?[A-Za-z]+)(?:_\{?([0-9])\b)?")
# What a differential or a gradient is follows from what the function is.
_IS_DERIVED = re.compile(r"\s*(?:\\(?:nabla|d?frac|partial|(?:text|mathrm)\{d\})|d\s*[A-Za-z])")
_BELOW = re.compile(r"([A-Za-z])_\{?([A-Za-z0-9])\b\}?")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_DISPLAY = "$$"
MOST_PARTS, MOST_STATEMENTS = 10, 40
# So many times as much as a text has is read again.
MOST_AGAIN = 2
SHORTEST = 60
ALONE = "it holds where this part is read alone, and not with what was said before it"


@dataclass(frozen=True)
class Alone:
    """What was found in a part that was read alone, and the names that it introduces."""

    report: Report
    own: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Names of the text's own, for one of its parts.

    Attributes
    ----------
    foreign
        Those that other parts introduce.
    anew
        Those that this part introduces, and others as well.
    before
        Those that the text had on a left side before.
    claims
        Where this part says more of what it has defined itself.
    own
        Those that this part introduces.
    of_example
        Whether it only states a function anew: what is false of the whole text is false there, too.
    """

    foreign: Set[str]
    anew: Set[str]
    before: Set[str]
    claims: Set[int]
    own: Set[str]
    of_example: bool


def take_parts(report: Report, text: str, own: Set[str], known: Set[str], read: Callable[[str, bool], Alone]) -> None:
    """Better a report by its parts, in place.

    Parameters
    ----------
    report, text, own, known
        What was found in a whole text, the names that it introduces, and those of the exercise.
    read
        Reads a part alone, and looks for answers in it or not.
    """
    left = MOST_AGAIN * len(text)
    parts, examples = _parts(text)
    parts_of_text = len(parts)
    for place, (start, part, end) in enumerate(parts + examples):
        here = [step for step in report.steps if start <= step.place < part]
        said, elsewhere = (
            {_name(step.left) for step in report.steps if (start <= step.place < end) is is_here} for is_here in (True, False)
        )
        # The part may say of a name what it is on a right side, too: g = \Delta^\top.
        said_here = said | {_name(step.right) for step in here}
        may_change = _may_hold_alone(here, own & elsewhere - said_here) or _may_be_anew(here, (own | known) & elsewhere & said)
        if end - start > left or not may_change:
            continue
        left -= end - start
        asks = MISSING in report.answers.values() and all(step.verdict != FALSE for step in here)
        alone = read(text[start:end], asks)
        found = {
            step.place + start: replace(step, start=step.start + start, place=step.place + start) for step in alone.report.steps
        }
        before = {_name(step.left) for step in report.steps if step.place < start}
        foreign, anew, claims = own - alone.own - said, elsewhere & alone.own, _claims(found)
        names = Names(foreign, anew, frozenset(before), claims, alone.own, place >= parts_of_text)
        report.steps = [
            _better(step, found[step.place], names) if start <= step.place < end and step.place in found else step
            for step in report.steps
        ]
        for question, answer in alone.report.answers.items() if asks else ():
            if answer == REACHED and report.answers.get(question) == MISSING:
                report.answers[question] = answer


def _may_hold_alone(here: list[Step], names: Set[str]) -> bool:
    """Whether a step that waits speaks of nothing that only other parts introduce: then it may hold alone."""
    return any(step.verdict == NOT_UNDERSTOOD and not _mentions(step, names) for step in here)


def _may_be_anew(here: list[Step], names: Set[str]) -> bool:
    """Whether a false step speaks of something that this part and others set equal to something."""
    return any(step.verdict == FALSE and _mentions(step, names) for step in here)


def _parts(text: str) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Where the parts of a text begin and end, and how far each is read: to its end, and then, as later parts say more, to that of the text.

    Behind them, those where a function is stated anew.
    """
    for level in _LEVELS:
        starts = [0, *islice(_begins(level, text), MOST_PARTS)]
        parts = list(zip(starts, [*starts[1:], len(text)]))
        if len(parts) > 1:
            few = [part for part in parts if part[1] - part[0] >= SHORTEST]
            alone = [(start, end, end) for start, end in few]
            return alone + [(start, end, len(text)) for start, end in few if start and end < len(text)], _examples(text, starts)
    return [], _examples(text, [0])


def _examples(text: str, starts: list[int]) -> list[tuple[int, int, int]]:
    """Where a function is stated anew inside of a part, and the part or the next such place ends."""
    said: dict[str, str] = {}
    anew: set[int] = set()
    for found in islice(_STATEMENT.finditer(text), MOST_STATEMENTS):
        name, right = found[1], found[2].replace(" ", "")
        if said.setdefault(name, right) != right:
            anew.add(max(text.rfind(_PARAGRAPH, 0, found.start()) + len(_PARAGRAPH), 0))
            said[name] = right
    ends = sorted({*starts, *anew, len(text)})
    return [(start, end, end) for start, end in zip(ends, ends[1:]) if start in anew or end in anew]


def _begins(level: re.Pattern[str], text: str) -> Iterator[int]:
    """Where parts begin behind the first words of a text, and in no displayed formula."""
    first = len(text) - len(text.lstrip())
    place, displays = 0, 0
    for found in level.finditer(text):
        displays += text.count(_DISPLAY, place, found.start())
        place = found.start()
        if place > first and displays % 2 == 0:
            yield place


def _better(step: Step, alone: Step, names: Names) -> Step:
    """A step of the whole text, or what was found of it in its part."""
    is_of_part = step.sign == alone.sign and not _mentions(step, names.foreign, names.own)
    # What a part would define only if nothing had been said before is no definition.
    is_of_part &= alone.earns or alone.place in names.claims or _name(step.left) not in names.before
    if step.verdict == NOT_UNDERSTOOD and alone.verdict in (HOLDS, OTHER_LAYOUT) and is_of_part:
        return alone
    # A definition of a part contradicts nothing.
    is_claim = not names.of_example and alone.verdict == HOLDS and (alone.earns or alone.reason == BY_DEFINITIONS)
    if step.verdict == FALSE and is_claim and _mentions(step, names.anew):
        return replace(step, verdict=NOT_UNDERSTOOD, reason=ALONE, certificate=())
    return step


def _claims(steps: Mapping[int, Step]) -> set[int]:
    """The places of steps by a part's own definitions that define nothing themselves: the first step of a name does."""
    first: dict[str, int] = {}
    for place, step in steps.items():
        first.setdefault(_name(step.left), place)
    return {
        place
        for place, step in steps.items()
        if step.reason == BY_DEFINITIONS and (first[_name(step.left)] != place or _IS_DERIVED.match(step.left))
    }


def _mentions(step: Step, names: Set[str], own: Set[str] = frozenset()) -> bool:
    """Whether one of some names stands in a step; a letter with what stands below it may be a name of its own: ``g_o`` is no ``g``."""
    text = f"{step.left} {step.right}"
    if own:
        text = _BELOW.sub(lambda found: " " if f"{found[1]}_{found[2]}" in own else found[0], text)
    letters = _COMMAND.sub(" ", text)
    return any(name in (text if name.startswith("\\") else letters) for name in names)


def _name(left: str) -> str:
    r"""The name that a side begins with: the ``t_1`` of ``t_{1,i}``, and the ``\delta`` of ``\delta_j``."""
    found = _NAME.match(left)
    return found[1] + (f"_{found[2]}" if found[2] else "") if found else ""
