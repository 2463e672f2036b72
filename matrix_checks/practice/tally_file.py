"""The tally: which problems a student had, and how they went; one small file beside the notebook, and nothing leaves the machine."""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matrix_checks.practice.forms import TRAPS

FILE = "practice.json"
VERSION = 1
# Alone; after a hint or a wrong step; with the solution shown; given up for another problem.
SOLVED, HELPED, SHOWN, LEFT = RESULTS = ("solved", "helped", "shown", "left")
HIGHEST_BASE = 1_000_000
LARGEST_FILE = 5_000_000


class Unreadable(ValueError):
    """The tally cannot be read; the message is one sentence that says what to do."""


@dataclass
class Open:
    """A problem that is not done yet.

    Attributes
    ----------
    seed, focus
        With the level, they give the problem.
    attempts
        How many checks read a step of it.
    hints
        How many hints were shown.
    wrong
        How many checks found a wrong step.
    fell
        The traps that wrong steps of it fell into.
    chosen
        Whether the student asked for the focus.
    """

    seed: int
    focus: str
    attempts: int = 0
    hints: int = 0
    wrong: int = 0
    fell: list[str] = field(default_factory=list)
    chosen: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether something was done for it."""
        return bool(self.attempts or self.hints)


@dataclass(frozen=True)
class Done:
    """A problem that is done.

    Attributes
    ----------
    day
        As ``2026-11-27``.
    level, seed, focus
        They give the problem.
    traps
        Those that it has.
    fell
        Those that the student fell into.
    result
        ``solved``, ``helped``, ``shown`` or ``left``.
    text
        A digest of the derivation with which it was closed, so that the next problem is not read with the old text.
    """

    day: str
    level: int
    seed: int
    focus: str
    traps: list[str]
    fell: list[str]
    result: str
    text: str = ""


@dataclass
class Tally:
    """What a student did so far.

    Attributes
    ----------
    base
        Where this student's seeds begin, so that two students have other problems.
    open
        The problem of each level that is not done.
    done
        Those that are, in order.
    """

    base: int = field(default_factory=lambda: secrets.randbelow(HIGHEST_BASE))
    open: dict[int, Open] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)

    def next_seed(self) -> int:
        """A seed that no problem of this student has had."""
        used = [each.seed for each in self.done] + [each.seed for each in self.open.values()]
        return max([self.base - 1, *used]) + 1

    def close(self, level: int, traps: tuple[str, ...], result: str, text: str = "") -> None:
        """Count the open problem of a level as done; whoever needed the solution without a wrong step fell into all its traps."""
        problem = self.open.pop(level)
        fell = problem.fell or (list(traps) if result == SHOWN else [])
        day = date.today().isoformat()
        self.done.append(Done(day, level, problem.seed, problem.focus, list(traps), sorted(set(fell)), result, digest(text)))

    def last(self, level: int) -> Done | None:
        """The problem of a level that was done last."""
        return next((each for each in reversed(self.done) if each.level == level), None)


def digest(text: str) -> str:
    """What a text is known by again; empty for an empty one."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] if text.strip() else ""


def load(file: Path) -> Tally:
    """The tally of a file; a new one where there is none.

    Raises
    ------
    Unreadable
        If the file was edited so that it is no tally any more.
    """
    if not file.exists():
        return Tally()
    remedy = "Give it another name, and a new one is begun; nothing was changed."
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ValueError
        return _read(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{file.name} is no tally that this version can read. {remedy}") from error


def _read(content: dict[str, Any]) -> Tally:
    if content["version"] != VERSION:
        raise ValueError
    _require(isinstance(content["open"], dict) and isinstance(content["done"], list))
    opened = {int(level): Open(**each) for level, each in content["open"].items() if int(level) in range(1, 6)}
    done = [Done(**each) for each in content["done"]]
    for problem in opened.values():
        _require(all(isinstance(each, int) and each >= 0 for each in (problem.attempts, problem.hints, problem.wrong)))
        _require(_is_drawn(problem.seed, problem.focus) and isinstance(problem.chosen, bool))
        _require(all(trap in TRAPS for trap in problem.fell))
    for each in done:
        _require(each.result in RESULTS and _is_drawn(each.seed, each.focus) and each.level in range(1, 6))
        _require(all(trap in TRAPS for trap in (*each.traps, *each.fell)) and isinstance(each.text, str))
        date.fromisoformat(each.day)
    base = content["base"]
    _require(isinstance(base, int))
    return Tally(base, opened, done)


def _is_drawn(seed: object, focus: object) -> bool:
    return isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0 and (focus == "" or focus in TRAPS)


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError


def save(tally: Tally, file: Path) -> None:
    """Write the tally, as a whole or not at all."""
    content = {
        "version": VERSION,
        "base": tally.base,
        "open": {str(level): asdict(each) for level, each in sorted(tally.open.items())},
        "done": [asdict(each) for each in tally.done],
    }
    new = file.with_suffix(".new")
    new.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(new, file)
