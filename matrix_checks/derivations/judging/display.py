"""A report on a write-up for people, as Markdown or plain text, and for programs, as JSON."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.reading.account import DEFINITION

MARKS = {HOLDS: "✓", FIRST_ORDER: "✓", OTHER_LAYOUT: "≈", FALSE: "✗", NOT_UNDERSTOOD: "?", STATED: "·"}
DEFINES = "≔"
WORDS = {
    HOLDS: "holds",
    FIRST_ORDER: "holds to first order: what is of higher order in the step was left out",
    OTHER_LAYOUT: "right in the other layout: one side is the transpose of the other",
    FALSE: "false",
    NOT_UNDERSTOOD: "not understood, and left to a person",
    STATED: "a condition or a declaration, which is not judged",
}
ANSWERS = {
    "reached": "Reached",
    "other layout": "Right in the other layout, to be transposed to the shape of the variable",
    "other factor": "Right for what the text defines, which has another factor than the exercise",
    "wrong": "Not what it should be",
}
# So many steps in a row of which there is nothing to say are folded into one line.
FOLDED = 3
# Such a fold stays closed where others are opened, since nothing in it asks for attention.
FOLDED_CLASS = "true-steps"
LIMITS = (
    "Each equality is tried with random numbers of the exercise's shapes. That says whether it is true, not whether the reasons "
    "given for it are good ones, and a chain may be true and still skip the thought."
)


def summary(report: Report) -> str:
    """One sentence: how many equalities were read and what was found, and where the first false one is."""
    claimed = len(report.steps) - report.count(STATED)
    if not claimed:
        return "No equality was found in this write-up."
    counts = [f"{report.count(verdict)} {words}" for verdict, words in _SHORT.items() if report.count(verdict)]
    text = f"{_plural(claimed, 'equality', 'equalities')} read: {', '.join(counts)}."
    for found, words in ANSWERS.items():
        names = [_shown(name) for name, each in report.answers.items() if each == found]
        text += f" {words}: {', '.join(names)}." if names else ""
    coming = still_to_come(report)
    if coming:
        text += f" Still to come: {', '.join(coming)}."
    unread = [_shown(name) for name, found in report.answers.items() if found not in ANSWERS and name in report.differentials]
    if unread:
        text += f" The differential is found, but the gradient itself is not written: {', '.join(unread)}."
    false = report.first_false
    if false:
        text += f" The first false step is ${_formula(false)}$: {false.reason}."
    return text


def still_to_come(report: Report) -> list[str]:
    """What is asked for and not there yet: answers, and ways to derive them."""
    answers = [_shown(name) for name, found in report.answers.items() if found not in ANSWERS]
    return answers + [f"a derivation {way}" for way, is_found in report.ways.items() if not is_found]


def _shown(question: str) -> str:
    return f"${question}$" if question.startswith("\\") else question


_SHORT = {
    HOLDS: "true",
    FIRST_ORDER: "true to first order",
    OTHER_LAYOUT: "right in the other layout",
    FALSE: "false",
    NOT_UNDERSTOOD: "not understood",
}


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


@dataclass(frozen=True)
class Line:
    """A step with its number, and whether it says what a name stands for."""

    number: int
    step: Step
    defines: bool

    @property
    def mark(self) -> str:
        """The sign before it."""
        return DEFINES if self.defines and self.step.verdict == HOLDS else MARKS[self.step.verdict]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.step.verdict == STATED or (self.step.verdict == HOLDS and not self.step.reason)


def stretches(report: Report) -> list[list[Line]]:
    """The steps in order: those that are folded together, and the others one by one."""
    definitions = {place for place, kind in report.account if kind == DEFINITION}
    lines = [Line(number, step, step.place in definitions) for number, step in enumerate(report.steps, 1)]
    found: list[list[Line]] = []
    for is_quiet, group in groupby(lines, lambda line: line.is_quiet):
        together = list(group)
        found += [together] if is_quiet and len(together) >= FOLDED else [[line] for line in together]
    return found


def _folded(lines: list[Line]) -> str:
    """What is said of steps that are folded: ``steps 3 to 9 hold``."""
    names = {MARKS[HOLDS]: ("hold", "holds"), DEFINES: ("definitions", "definition"), MARKS[STATED]: ("conditions", "condition")}
    counts = [(sum(line.mark == mark for line in lines), words) for mark, words in names.items()]
    span = f"steps {lines[0].number} to {lines[-1].number}"
    if counts[0][0] == len(lines):
        return f"{span} hold"
    return f"{span}: " + ", ".join(f"{count} {words[count == 1]}" for count, words in counts if count)


def as_markdown(report: Report) -> str:
    """What matters as a table of formulas with a mark and a reason at each; stretches of true steps are folded."""
    lines = [summary(report), *([""] if report.notes else []), *(f"- {note}" for note in report.notes)]
    is_table = False
    for stretch in stretches(report):
        if len(stretch) > 1:
            lines += [
                "",
                f'<details class="{FOLDED_CLASS}"><summary>{MARKS[HOLDS]} {_folded(stretch)}</summary>',
                *_TABLE,
                *map(_row, stretch),
                "",
                "</details>",
            ]
        else:
            lines += [*([] if is_table else _TABLE), _row(stretch[0])]
        is_table = len(stretch) == 1
    return "\n".join([*lines, "", f"*{LIMITS}*"])


_TABLE = ("", "| verdict | no. | step | remark |", "|---|---|---|---|")


def _row(line: Line) -> str:
    return f"| {line.mark} | {line.number} | ${_cell(line.step)}$ | {_remark(line).replace('|', _BAR)} |"


def as_text(report: Report, explain: bool = False) -> str:
    """The same for a terminal; where it is to ``explain``, with the certificate of each false step."""
    lines = [summary(report), *report.notes]
    for stretch in stretches(report):
        if len(stretch) > 1:
            lines.append(f"  {MARKS[HOLDS]} {_folded(stretch)}")
            continue
        (line,) = stretch
        step = line.step
        lines.append(f"  {line.mark} {line.number}. {step.left} {step.sign} {step.right}")
        if _remark(line):
            lines.append(f"      {_remark(line)}")
        if explain and step.certificate:
            lines += ["      It is false under every reading, and", *(f"      - {sentence}" for sentence in step.certificate)]
    return "\n".join(lines)


def as_data(report: Report) -> dict[str, Any]:
    """The same for other programs."""
    steps = [
        {
            "left": step.left,
            "relation": step.sign,
            "right": step.right,
            "verdict": step.verdict,
            "reason": step.reason,
            "start": step.start,
            "certificate": list(step.certificate),
        }
        for step in report.steps
    ]
    false = report.first_false
    return {
        "steps": steps,
        "first_false": report.steps.index(false) if false else None,
        "answers": report.answers,
        "ways": report.ways,
        "notes": report.notes,
        "suggested_share": round(report.share, 4),
        "complete": report.complete,
    }


# A bar would end the cell of a table.
_BAR = "\\|"


def _formula(step: Step) -> str:
    """An equality of a write-up as TeX, with the blank between brackets that keeps some readers of Markdown from seeing a link."""
    return f"{step.left} {step.sign} {step.right}".replace("](", "] (")


def _cell(step: Step) -> str:
    return _BARS.sub(lambda bars: _IN_CELLS.get(bars[0], bars[0]), _formula(step)).replace("\n", " ")


_BARS = re.compile(r"\\.|\|", re.DOTALL)
_IN_CELLS = {"|": "\\vert ", "\\|": "\\Vert "}


def _remark(line: Line) -> str:
    step = line.step
    if step.verdict == HOLDS:
        return step.reason or ("a definition" if line.defines else "")
    words = WORDS[step.verdict]
    return f"{words}: {step.reason}" if step.reason else words
