"""A right chain is right from its end to its beginning, negated, transposed, and without what stands between: no step of it becomes false.

Each text of strangers is read as it is, and with all such chains changed. One of many is; ``STRANGERS=1`` changes all.
"""

import os
import re
from collections.abc import Callable
from functools import cache

import pytest

from matrix_checks.derivations.equality.verdicts import FALSE
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.strangers import FOLDER, Stranger, one_in, strangers
from tests.test_recall import EXERCISES

EVERY = int(os.environ.get("STRANGERS", "160"))
# Of a chain that says step by step what the gradient by a part is, the first member and the last say it no more: what the text
# goes on to say of dx is then taken for the gradient of what it calls y, with the number beside it.
# And a J that has another meaning in evaluation mode is given it where it stands alone on the left side.
SAYS_LESS = {
    ("first and last", "Interview cheat sheet"),
    *((change, "Vojtěch: Czech") for change in ("turned", "negated", "transposed")),
}
TEXTS = one_in(EVERY, [*strangers(), *strangers(FOLDER.parent / "read_once")])
FORMULA = re.compile(r"(\$\$?)((?:(?!\$).)+?)\1", re.DOTALL)
# What makes a formula more than one chain of equalities between expressions.
NOT_PLAIN = re.compile(
    r"\\(?:begin|text|quad|qquad|tag|boxed|approx|equiv|to|times|Rightarrow|neq?|leq?|geq?|in)\b|×|\\\\|&|,[\s\\]|;|<|>|\.\s*$"
)
# A chain that goes on in the next formula is changed only in part.
GOES_ON = re.compile(r"\s*\$\$?\s*&?=")
SCRIPT = re.compile(r"[_^](?:\{[^{}]*\}|.)")
CHANGES: dict[str, Callable[[list[str]], str]] = {
    "turned": lambda members: " = ".join(members[::-1]),
    "first and last": lambda members: f"{members[0]} = {members[-1]}",
    "negated": lambda members: " = ".join(rf"-\left({member}\right)" for member in members),
    "transposed": lambda members: " = ".join(rf"\left({member}\right)^T" for member in members),
}


def members_of(stranger: Stranger, formula: re.Match[str]) -> list[str]:
    """The members of a formula that is one chain of steps, all of which a person finds right; none of another one."""
    letters = [letter for letter, place in zip(stranger.judged, stranger.places) if formula.start(2) < place <= formula.end(2)]
    members = [member.strip() for member in formula[2].split("=")]
    is_whole = all(
        member and all(member.count(one) == member.count(other) for one, other in ("()", "[]", "{}")) for member in members
    )
    is_plain = (
        is_whole
        and not NOT_PLAIN.search(formula[2])
        and not GOES_ON.match(stranger.text, formula.end())
        and "=" not in "".join(SCRIPT.findall(formula[2]))
    )
    return members if is_plain and letters == ["H"] * (len(members) - 1) else []


def changed(stranger: Stranger, change: Callable[[list[str]], str]) -> str:
    def chain(formula: re.Match[str]) -> str:
        members = members_of(stranger, formula)
        return f"{formula[1]}{change(members)}{formula[1]}" if len(members) > 1 else formula[0]

    return FORMULA.sub(chain, stranger.text)


@cache
def false_steps(text: str, exercise: str) -> set[frozenset[str]]:
    report = read_writeup(text, EXERCISES[exercise])
    return {frozenset((step.left, step.right)) for step in report.steps if step.verdict == FALSE}


@pytest.mark.parametrize("change", CHANGES)
def test_what_follows_from_a_right_chain_is_not_false(change: str) -> None:
    number = 0
    for stranger in TEXTS:
        if any(name in stranger.name and change == less for less, name in SAYS_LESS):
            continue
        text = changed(stranger, CHANGES[change])
        if text == stranger.text:
            continue
        number += 1
        assert not false_steps(text, stranger.exercise) - false_steps(stranger.text, stranger.exercise), stranger.name
    assert number > len(TEXTS) // 4
