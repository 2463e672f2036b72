"""Write-ups of strangers, each relation judged by a person: ``derivations/strangers``.

A file holds write-ups, each under a heading, each with three lines before the text: the exercise, a letter for each relation sign
at the top level of a formula (H true, F wrong, L right in the other layout, 1 right to first order, D a definition, a condition or an
assumption, ? nobody knows), and what became of the answers.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "derivations" / "strangers"
_HEAD = re.compile(r"\s*exercise: *(\w+)\s*\njudged: *(.*)\n(?:answers: *(.*)\n)?")


@dataclass(frozen=True)
class Stranger:
    """A write-up and what a person says of it."""

    name: str
    exercise: str
    judged: list[str]
    answers: list[str]
    text: str


def strangers() -> list[Stranger]:
    """All of them."""
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        for part in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = part.partition("\n")
            head = _HEAD.match(rest)
            assert head, title
            answers = [answer.strip() for answer in (head[3] or "").split(";")]
            found.append(Stranger(f"{file.stem}: {title}", head[1], head[2].split(), answers, rest[head.end() :]))
    return found
