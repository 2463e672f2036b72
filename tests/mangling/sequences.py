"""Sequences of edits on the perfect notebooks of the course."""

import copy
import json
import random
from dataclasses import dataclass

from tests.conftest import ASSIGNMENTS, ROOT
from tests.mangling import EDITS, SAVINGS
from tests.mangling.oracle import read_answers

PERFECT = {each.identifier: read_answers(ROOT, each.identifier, f"{each.notebook}.ipynb") for each in ASSIGNMENTS}


def mangled(identifier: str, edits: list[str], seed: int) -> dict:
    """A perfect notebook after some edits."""
    notebook, choose = copy.deepcopy(PERFECT[identifier].perfect), random.Random(seed)
    for name in edits:
        notebook = EDITS[name](notebook, choose)
    return json.loads(json.dumps(notebook))


@dataclass(frozen=True)
class Sequence:
    """A sequence that a number chooses, as one student's submission.

    Attributes
    ----------
    there
        Functions whose right answer is in the file.
    written
        Write-ups of which at least a line is in the file.
    """

    identifier: str
    edits: tuple[str, ...]
    saving: str
    content: bytes
    there: frozenset[str]
    written: frozenset[str]


def sequence(seed: int, longest: int, savings: list[str]) -> Sequence:
    """The first sequence from a number on of which can be said what counts."""
    while True:
        choose = random.Random(seed)
        identifier, saving = choose.choice(sorted(PERFECT)), choose.choice(savings)
        edits = [choose.choice(sorted(EDITS)) for _ in range(choose.randint(2, longest))]
        handed = mangled(identifier, edits, seed)
        there, unsure = PERFECT[identifier].functions_there(handed)
        if not unsure:
            written = frozenset(name for name, lines in PERFECT[identifier].lines_there(handed).items() if lines)
            return Sequence(identifier, tuple(edits), saving, SAVINGS[saving](handed), frozenset(there), written)
        seed += 1_000_003
