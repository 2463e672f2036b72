"""Write-ups of strangers, each relation judged by a person: ``derivations/strangers``.

A file holds write-ups, each under a heading. Lines before the text name the exercise and what became of the answers. What a person says
of a relation stands behind its sign, as ``=@H``, or, in older files, all letters stand in a line of their own, one for each relation sign
at the top level of a formula. The letters: H true, F wrong, L right in the other layout, 1 right to first order, D a definition, a
condition or an assumption, ? nobody knows.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from matrix_checks.derivations.judging.report import Report, Step

FOLDER = Path(__file__).parent / "derivations" / "strangers"
# A text may have headings of its own.
_BEGINS = re.compile(r"^## (?=[^\n]*\n\s*exercise:)", re.MULTILINE)
_LINE = re.compile(r"\s*(exercise|judged|answers): *(.*)\n")
# So far behind the beginning of its sign stands a letter at most.
_REACH = 40
_MARK = re.compile(r" ?@([HFL1D?])")


@dataclass(frozen=True)
class Stranger:
    """A write-up and what a person says of it.

    Attributes
    ----------
    name, exercise, text
        Who wrote it, of which exercise, and the Markdown without the letters.
    judged
        A letter for each relation.
    answers
        What became of each answer.
    places
        For each letter where it stood in the text; empty where the letters stand in a line of their own.
    """

    name: str
    exercise: str
    judged: list[str]
    answers: list[str]
    text: str
    places: list[int] = field(default_factory=list)


def strangers(folder: Path = FOLDER, name: str = "*") -> list[Stranger]:
    """All of a folder, or of one file in it."""
    return [
        _stranger(file.stem, part)
        for file in sorted(folder.glob(f"{name}.md"))
        for part in _BEGINS.split(file.read_text(encoding="utf-8"))[1:]
    ]


def one_in(every: int, texts: list[Stranger]) -> list[Stranger]:
    """One of so many texts, and the same ones whatever other texts there are."""
    return [each for each in texts if int(hashlib.sha256(each.name.encode()).hexdigest(), 16) % every == 0]


def _stranger(file: str, part: str) -> Stranger:
    title, _, rest = part.partition("\n")
    head: dict[str, str] = {}
    while line := _LINE.match(rest):
        head[line[1]] = line[2]
        rest = rest[line.end() :]
    assert "exercise" in head, title
    answers = [answer.strip() for answer in head.get("answers", "").split(";")]
    judged, places, text = head.get("judged", "").split(), list[int](), rest
    if not judged:
        judged, places, text = _taken_out(rest)
    return Stranger(f"{file}: {title}", head["exercise"].strip(), judged, answers, text, places)


def _taken_out(marked: str) -> tuple[list[str], list[int], str]:
    """The letters of a text, where each stood, and the text without them."""
    letters, places, text, end = list[str](), list[int](), "", 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        letters.append(mark[1])
        places.append(len(text))
        end = mark.end()
    return letters, places, text + marked[end:]


def with_letters(stranger: Stranger, report: Report) -> list[tuple[str, Step | None]]:
    """Each letter of a person with the reader's step at the same sign; none where the reader has no step there."""
    if not stranger.places:
        steps: list[Step | None] = list(report.steps)
        return list(zip(stranger.judged, steps + [None] * len(stranger.judged)))
    found = []
    for letter, place in zip(stranger.judged, stranger.places):
        before = [step for step in report.steps if place - _REACH <= step.place < place]
        found.append((letter, max(before, key=lambda step: step.place, default=None)))
    return found
