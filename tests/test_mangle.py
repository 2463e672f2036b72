"""Whatever a student hands in, everything in it that can be graded is graded; nothing of it disappears without a sentence.

Sequences of edits, each one a report of what students and their tools do, are applied to the perfect notebooks.
``MANGLE=5000`` tries so many sequences at the level of the inbox.
"""

import functools
import json
import os
from dataclasses import dataclass

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.grading.inbox.align import align
from autograder.grading.inbox.importing import read_wanted
from autograder.grading.inbox.original import read_original
from autograder.grading.inbox.repair import repaired
from autograder.grading.inbox.stage import take
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT, notebook_of
from tests.mangling import EDITS, SAVINGS
from tests.mangling.oracle import Answers, functions_in, is_named_in, lines_of
from tests.mangling.sequences import PERFECT, mangled

SEQUENCES = int(os.environ.get("MANGLE", "60"))
# Of each edit alone: what it leaves to chance shows in two draws, one in each assignment; MANGLE=1000 draws five times in each.
SEEDS = {identifier: range(5) if SEQUENCES > 120 else [place] for place, identifier in enumerate(PERFECT)}
LONGEST = 6


@dataclass
class Aligned:
    """What the inbox makes of a file."""

    notebook: NotebookNode
    remarks: list[str]
    waiting: dict[str, str]


@functools.cache
def wanted():
    return read_wanted(ROOT, ASSIGNMENTS)


def take_in(content: bytes, identifier: str) -> Aligned:
    """The inbox on the bytes of one file: find, open, repair, align, explain."""
    name = f"{BY_ID[identifier].notebook}.ipynb"
    others = [each for key, each in wanted().items() if key != identifier]
    taken = take({name: content}, {}, wanted()[identifier], others)
    notebook, remarks = repaired(json.loads(taken.files[name]))
    more, waiting = align(notebook, read_original(notebook_of("release", BY_ID[identifier])), [])
    return Aligned(notebook, [*taken.remarks, *remarks, *more], waiting)


def name_of(cell) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def complaints(answers: Answers, handed: dict, result: Aligned) -> list[str]:
    """What the inbox broke of its promise; a sentence each."""
    return [
        *complaints_about_order(answers, result.notebook),
        *complaints_about_code(answers, handed, result.notebook),
        *complaints_about_writeups(answers, handed, result),
        *[f"{name} is not named" for name in answers.to_be_named(handed) if not is_named_in(name, result.remarks)],
    ]


def complaints_about_order(answers: Answers, notebook: NotebookNode) -> list[str]:
    """Every cell of the instructor's is there once, as it was released, and what others need comes before them."""
    said = []
    named = [(name_of(cell), cell) for cell in notebook.cells]
    names = [name for name, _ in named if name]
    for name, released in answers.released.items():
        found = [cell for other, cell in named if other == name]
        if len(found) != 1:
            said.append(f"{name} is there {len(found)} times")
        elif found[0].cell_type != released["cell_type"]:
            said.append(f"{name} is {found[0].cell_type}")
        elif found[0].metadata.nbgrader != released["metadata"]["nbgrader"]:
            said.append(f"{name} has other metadata")
    code = [name for name in names if answers.released[name]["cell_type"] == "code"]
    said += [f"{code[0]} comes before the imports"] if code and code[0] != "imports" and "imports" in code else []
    if "given_layers" in code and code.index("given_layers") > code.index("check_train_step"):
        said.append("given_layers comes after check_train_step")
    return said


def complaints_about_code(answers: Answers, handed: dict, notebook: NotebookNode) -> list[str]:
    """Each right answer is defined when its check runs."""
    there, _ = answers.functions_there(handed)
    said, defined = [], {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            defined |= functions_in(cell.source)
        name = name_of(cell).removeprefix("check_")
        if name != name_of(cell) and name in there and not answers.is_right(name, defined.get(name, ""), defined):
            said.append(f"{name} is not its right answer at its check")
    return said


def complaints_about_writeups(answers: Answers, handed: dict, result: Aligned) -> list[str]:
    """Each line of a derivation is in its cell, or elsewhere, and then a person is told to look.

    A write-up of which a part is in its cell waits for a person as it is, and one sentence says that there is more.
    """
    said = []
    told = any("a part of an answer may be there" in remark for remark in result.remarks)
    anywhere = {line for cell in result.notebook.cells for line in lines_of(cell.source)}
    for name, lines in answers.lines_there(handed).items():
        own = next(iter(cell for cell in result.notebook.cells if name_of(cell) == name), None)
        missing = lines - lines_of(own.source if own else "")
        if missing - anywhere:
            said.append(f"{name} lost {len(missing - anywhere)} of {len(lines)} lines")
        elif missing and name not in result.waiting and not (told and missing < lines):
            said.append(f"{name} has {len(missing)} of {len(lines)} lines in another cell and does not wait")
    return said


def test_there_are_edits_of_all_kinds():
    assert len(EDITS) >= 45
    assert {edit.loses for edit in EDITS.values()} == {"", "code", "writeup", "both"}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_loses_what_it_says_and_nothing_else(name):
    """The catalogue is true: otherwise the test below would ask for too little."""
    for identifier, answers in PERFECT.items():
        for seed in SEEDS[identifier]:
            handed = mangled(identifier, [name], seed)
            if handed == answers.perfect:
                continue
            there, unsure = answers.functions_there(handed)
            lost_code = bool(answers.right.keys() - there - unsure)
            lost_text = answers.lines_there(handed) != answers.lines
            if EDITS[name].loses == "both":
                assert lost_text, (identifier, seed)
            else:
                assert (lost_code, lost_text) == (EDITS[name].loses == "code", EDITS[name].loses == "writeup"), (identifier, seed)


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_is_named_and_costs_no_more_than_it_takes_away(name):
    for identifier, answers in PERFECT.items():
        tried = []
        for seed in SEEDS[identifier]:
            handed = mangled(identifier, [name], seed)
            # Most edits leave little or nothing to chance.
            if handed in tried:
                continue
            tried.append(handed)
            result = take_in(SAVINGS["utf8"](handed), identifier)
            assert (complaints(answers, handed, result) or None) is None, (identifier, seed, result.remarks)
            if EDITS[name].named and handed != answers.perfect:
                assert result.remarks or result.waiting, (identifier, seed)


@pytest.mark.parametrize("saving", SAVINGS)
def test_one_file_is_read_however_it_was_saved(saving):
    for identifier, answers in PERFECT.items():
        handed = mangled(identifier, ["russian_names"], 1)
        result = take_in(SAVINGS[saving](handed), identifier)
        assert not complaints(answers, handed, result)
        assert any("«Ким Анна»" in cell.source for cell in result.notebook.cells)


@settings(max_examples=SEQUENCES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    identifier=st.sampled_from(sorted(PERFECT)),
    edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=LONGEST),
    saving=st.sampled_from(sorted(SAVINGS)),
    seed=st.integers(0, 2**32),
)
def test_any_sequence_of_edits_costs_no_more_than_it_takes_away(identifier, edits, saving, seed):
    answers = PERFECT[identifier]
    handed = mangled(identifier, edits, seed)
    result = take_in(SAVINGS[saving](handed), identifier)
    nbformat.validate(result.notebook)
    assert not complaints(answers, handed, result), result.remarks
