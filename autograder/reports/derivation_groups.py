"""The derivations of a class for one write-up, in groups that one person marks in one go.

Derivations that are written alike stand together and are shown once. Groups are made of what the reader found: what is complete,
where the first false step is of the same kind, what was not found.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from autograder.grading.work import ReadWriteup
from autograder.grading.writeups import is_bare
from autograder.reports.class_data import CellMark
from matrix_checks.derivations.equality.verdicts import DIFFER, FALSE, HOLDS, NOT_UNDERSTOOD, STATED
from matrix_checks.derivations.judging.display import still_to_come
from matrix_checks.derivations.judging.report import Report, Step

# Kinds of groups, in the order in which they are marked.
EQUAL, COMPLETE, FALSE_STEP, OTHER_FORM, UNFINISHED, BARE, UNREADABLE, EMPTY, UNKNOWN = range(9)
TITLES = {
    EQUAL: "Complete, and written alike",
    COMPLETE: "Complete, each in its own way",
    FALSE_STEP: "A false step of a kind that no other has",
    OTHER_FORM: "Every step holds in the other layout or to first order",
    UNFINISHED: "Nothing is false, and not everything is there",
    BARE: "Answers without a derivation",
    UNREADABLE: "Nothing could be read",
    EMPTY: "Nothing is written",
    UNKNOWN: "Nothing is known: not graded, or graded before records were kept",
}
NOT_ALL_UNDERSTOOD = "Nothing is false; all that is asked for is there, and not every step was understood"
LEFT_OUT = "…"

# TeX that moves signs and says nothing.
_SPACING = re.compile(r"\\(?:[,;:!> ]|q?quad\b|displaystyle\b|(?:left|right)(?![a-zA-Z]))|~")
_UPRIGHT = re.compile(r"\\(?:mathrm|operatorname|text|textrm)\{([A-Za-z]+)\}")
_BRACED = re.compile(r"([_^])\{(\w)\}")
_BLANKS = re.compile(r"\s+")
_FORMULA = re.compile(r"\$[^$]*\$|`[^`]*`")
_SHAPE = re.compile(r"\(?\b[\w/]+ × [\w/]+\)?")
_UNCLEAR = frozenset((NOT_UNDERSTOOD, FALSE))
# What a repair adds to a reason differs from text to text.
_REPAIR = "; it would be true "


@dataclass(frozen=True)
class Derivation:
    """What one student wrote.

    Attributes
    ----------
    student, name
        The id, and the name for people.
    writeup
        What was read; ``None`` where nothing is known.
    mark
        What the gradebook holds.
    """

    student: str
    name: str
    writeup: ReadWriteup | None
    mark: CellMark = CellMark()

    @property
    def report(self) -> Report | None:
        """What the reader found, if it found anything."""
        return self.writeup.report if self.writeup else None

    @property
    def is_marked(self) -> bool:
        """Whether there are points in the gradebook that nobody has to look at again."""
        return self.mark.given is not None and not self.mark.waits


@dataclass(frozen=True)
class Form:
    """Derivations that are written alike; the first one is shown."""

    derivations: tuple[Derivation, ...]

    @property
    def shown(self) -> Derivation:
        """The one that stands for all."""
        return self.derivations[0]


@dataclass(frozen=True)
class Group:
    """What is marked in one go.

    Attributes
    ----------
    kind
        One of the kinds above.
    title
        Markdown.
    forms
        The derivations, those that most students share first.
    """

    kind: int
    title: str
    forms: tuple[Form, ...]

    @property
    def derivations(self) -> list[Derivation]:
        """All of them."""
        return [each for form in self.forms for each in form.derivations]

    @property
    def suggestions(self) -> list[float]:
        """The points that are suggested, each number once, from the least."""
        found = {each.writeup.suggested for each in self.derivations if each.writeup is not None}
        return sorted(points for points in found if points is not None)


@dataclass(frozen=True)
class Agreement:
    """How close the suggestions come to what people gave.

    Attributes
    ----------
    count
        How many derivations have both.
    equal
        In how many both are the same.
    difference
        By how many points they differ, on average.
    """

    count: int = 0
    equal: int = 0
    difference: float = 0.0


def form_of(text: str) -> str:
    """A text without what changes how it looks and not what it says: two texts of the same form are written alike."""
    plain = _SPACING.sub("", unicodedata.normalize("NFKC", text))
    return _BLANKS.sub("", _BRACED.sub(r"\1\2", _UPRIGHT.sub(r"\1", plain)))


def groups_of(derivations: Iterable[Derivation]) -> list[Group]:
    """The groups, in the order in which they are best marked: the largest first among those of one kind."""
    found: dict[tuple[int, str], list[Form]] = defaultdict(list)
    for form in _forms(derivations):
        kind = kind_of(form.shown)
        if kind == COMPLETE and len(form.derivations) > 1:
            found[EQUAL, form_of(_text(form.shown))].append(form)
        else:
            found[kind, _detail(kind, form.shown)].append(form)
    groups: dict[tuple[int, str], list[Form]] = defaultdict(list)
    for (kind, detail), forms in found.items():
        # A detail that one student alone has makes no group.
        own = detail if kind == EQUAL or sum(len(form.derivations) for form in forms) > 1 else ""
        groups[kind, own] += forms
    made = [_group(kind, detail, forms) for (kind, detail), forms in groups.items()]
    return sorted(made, key=lambda group: (group.kind, group.title == TITLES[group.kind], -len(group.derivations), group.title))


def kind_of(derivation: Derivation) -> int:
    """To which kind of groups a derivation belongs; whether another is written alike is not looked at."""
    writeup, report = derivation.writeup, derivation.report
    if writeup is None:
        return UNKNOWN
    if writeup.is_empty and not writeup.pictures:
        return EMPTY
    if report is None or not report.is_readable:
        return UNREADABLE
    if report.complete:
        return COMPLETE
    if report.first_false is not None:
        return FALSE_STEP
    if is_bare(report):
        return BARE
    is_all_there = not _missing(report) and all(step.verdict not in _UNCLEAR for step in report.steps)
    return OTHER_FORM if is_all_there and any(step.verdict not in (HOLDS, STATED) for step in report.steps) else UNFINISHED


def kind_of_mistake(report: Report) -> str:
    """What the first false step of a text has in common with those of others, as Markdown; empty where nothing is false.

    That is its reason without the formulas and shapes of this text; where no reason is known, the answer that it belongs to.
    """
    false = report.first_false
    if false is None:
        return ""
    reason = _SHAPE.sub(LEFT_OUT, _FORMULA.sub(LEFT_OUT, false.reason.split(_REPAIR)[0])).strip()
    if reason and not reason.startswith(DIFFER):
        return reason
    answer = _answer_of(false, report)
    return f"{DIFFER}, on the way to {answer}" if answer else DIFFER


def agreement(derivations: Iterable[Derivation]) -> Agreement:
    """How close the suggestions come to what people gave, over all derivations that have both."""
    pairs = [(each.writeup.suggested, each.mark.manual) for each in derivations if each.writeup is not None]
    apart = [abs(suggested - given) for suggested, given in pairs if suggested is not None and given is not None]
    return Agreement(len(apart), apart.count(0.0), sum(apart) / len(apart)) if apart else Agreement()


def _forms(derivations: Iterable[Derivation]) -> list[Form]:
    together: dict[Hashable, list[Derivation]] = defaultdict(list)
    for each in derivations:
        pictures = tuple(sorted(each.writeup.pictures.values())) if each.writeup else ()
        together[form_of(_text(each)), pictures, kind_of(each)].append(each)
    return [Form(tuple(each)) for each in together.values()]


def _text(derivation: Derivation) -> str:
    return derivation.writeup.text if derivation.writeup else ""


def _detail(kind: int, derivation: Derivation) -> str:
    report = derivation.report
    if report is None:
        return ""
    if kind == FALSE_STEP:
        return f"First false step: {kind_of_mistake(report)}"
    if kind != UNFINISHED:
        return ""
    missing = _missing(report)
    if missing:
        return f"Nothing is false; not found: {', '.join(missing)}"
    return NOT_ALL_UNDERSTOOD if report.count(NOT_UNDERSTOOD) else ""


def _missing(report: Report) -> list[str]:
    return sorted(still_to_come(report))


def _group(kind: int, detail: str, forms: list[Form]) -> Group:
    ordered = sorted(forms, key=lambda form: (-len(form.derivations), form.shown.student))
    return Group(kind, TITLES[kind] if kind == EQUAL or not detail else detail, tuple(ordered))


def _answer_of(step: Step, report: Report) -> str:
    """The question that a step answers, or the first one that has a wrong answer; empty where there is none."""
    sides = {form_of(step.left), form_of(step.right)}
    named = [name for name in report.answers if form_of(name) in sides]
    wrong = [name for name, found in report.answers.items() if found == "wrong"]
    return next((f"${name}$" if name.startswith("\\") else name for name in [*named, *wrong]), "")
