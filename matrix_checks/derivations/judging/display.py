"""A report on a write-up for people, as Markdown or plain text, and for programs, as JSON."""

from typing import Any

from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.verdicts import FALSE, FIRST_ORDER, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT, STATED

MARKS = {HOLDS: "✓", FIRST_ORDER: "✓", OTHER_LAYOUT: "≈", FALSE: "✗", NOT_UNDERSTOOD: "?", STATED: "·"}
WORDS = {
    HOLDS: "holds",
    FIRST_ORDER: "holds to first order: what is of higher order in the step was left out",
    OTHER_LAYOUT: "right in the other layout: one side is the transpose of the other",
    FALSE: "false",
    NOT_UNDERSTOOD: "not understood, and left to a person",
    STATED: "a condition or a declaration, which is not judged",
}
ANSWERS = {
    "reached": "is reached",
    "other layout": "is right in the other layout: transpose it to have the shape of its variable",
    "wrong": "is not what it should be",
    "missing": "was not found at the end of any chain of equalities",
}
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
    for question, found in report.answers.items():
        text += (
            f" The answer ${question}$ {ANSWERS[found]}."
            if question.startswith("\\")
            else f" The answer {question} {ANSWERS[found]}."
        )
    missing = [way for way, is_found in report.ways.items() if not is_found]
    if missing:
        text += f" No derivation {' and none '.join(missing)} was found."
    false = report.first_false
    if false:
        text += f" The first false step is ${false.left} {false.sign} {false.right}$: {false.reason}."
    return text


_SHORT = {
    HOLDS: "true",
    FIRST_ORDER: "true to first order",
    OTHER_LAYOUT: "right in the other layout",
    FALSE: "false",
    NOT_UNDERSTOOD: "not understood",
}


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def as_markdown(report: Report) -> str:
    """The steps as a table of formulas with a mark and a reason at each."""
    lines = [summary(report), *report.notes]
    if report.steps:
        lines += ["", "| | step | |", "|---|---|---|"]
        lines += [f"| {MARKS[step.verdict]} | ${_cell(step)}$ | {_remark(step)} |" for step in report.steps]
    return "\n".join([*lines, "", f"*{LIMITS}*"])


def as_text(report: Report, explain: bool = False) -> str:
    """The same for a terminal; where it is to ``explain``, with the certificate of each false step."""
    lines = [summary(report), *report.notes]
    for step in report.steps:
        lines.append(f"  {MARKS[step.verdict]} {step.left} {step.sign} {step.right}")
        if _remark(step):
            lines.append(f"      {_remark(step)}")
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


def _cell(step: Step) -> str:
    # A bar would end the cell of the table.
    return f"{step.left} {step.sign} {step.right}".replace("|", "\\vert ").replace("\n", " ")


def _remark(step: Step) -> str:
    if step.verdict == HOLDS:
        return step.reason
    words = WORDS[step.verdict]
    return f"{words}: {step.reason}".replace("|", "\\|") if step.reason else words
