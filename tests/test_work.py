"""What grading keeps of a submission survives being written and read, and a second version keeps the first."""

from dataclasses import replace

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.records import keep
from autograder.grading.work import LATEST, PREVIOUS, CheckedFunction, ReadWriteup, Work, from_json, work_of
from matrix_checks.derivations.judging.report import Report, Step
from tests.conftest import ASSIGNMENTS, ROOT, notebook_of

TEXTS = st.text(max_size=20)
POINTS = st.floats(0, 100)
STEPS = st.builds(
    Step, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0, 99), st.booleans(), st.lists(TEXTS, max_size=2).map(tuple)
)
REPORTS = st.builds(
    Report,
    st.lists(STEPS, max_size=3),
    st.dictionaries(TEXTS, TEXTS, max_size=2),
    st.dictionaries(TEXTS, st.booleans(), max_size=2),
    st.lists(TEXTS, max_size=2),
    account=st.lists(st.tuples(st.integers(0, 99), TEXTS), max_size=2),
)
PICTURES = st.dictionaries(TEXTS, st.tuples(TEXTS, TEXTS), max_size=1)
WRITEUPS = st.builds(ReadWriteup, TEXTS, TEXTS, POINTS, st.none() | REPORTS, PICTURES)
CHECKS = st.builds(CheckedFunction, TEXTS, TEXTS, TEXTS, TEXTS, POINTS, POINTS)
LINES = st.lists(TEXTS, max_size=2).map(tuple)
WORKS = st.builds(
    Work, TEXTS, TEXTS, st.booleans(), LINES, st.lists(CHECKS, max_size=2).map(tuple), st.lists(WRITEUPS, max_size=2).map(tuple)
)


@given(WORKS)
def test_what_is_kept_is_what_was_found(work):
    assert from_json(work.to_json()) == work


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"checks": []}', b'{"checks": [], "writeups": [7], "remarks": []}'])
def test_anything_else_is_refused(content):
    with pytest.raises(ValueError):
        from_json(content)


def test_the_version_before_stays_until_there_is_another(tmp_path):
    first = Work("ada", "layers")
    second = replace(first, remarks=("another",))
    for work in (first, first, second, second):
        keep(tmp_path, work.to_json())
    assert from_json((tmp_path / LATEST).read_bytes()) == second
    assert from_json((tmp_path / PREVIOUS).read_bytes()) == first


def test_work_that_only_took_longer_is_no_other_version(tmp_path):
    first = Work("ada", "layers", remarks=("one",), seconds=1.5)
    slower = replace(first, seconds=2.5)
    for work in (first, slower):
        keep(tmp_path, work.to_json())
    assert not (tmp_path / PREVIOUS).exists()
    assert from_json((tmp_path / LATEST).read_bytes()).seconds == 2.5
    keep(tmp_path, replace(slower, remarks=("two",)).to_json())
    assert from_json((tmp_path / PREVIOUS).read_bytes()).seconds == 2.5


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_all_functions_and_write_ups_of_a_notebook_are_found(assignment):
    notebook = nbformat.read(notebook_of("examples/submitted/perfect", assignment), as_version=4)
    work = work_of("perfect", assignment, notebook, [], {}, ROOT / "source" / assignment.identifier)
    cells = [name for exercise in assignment.exercises for name in exercise.cells]
    assert [each.check for each in work.checks] + [each.writeup for each in work.writeups] == sorted(
        cells, key=lambda name: name.startswith("writeup")
    )
    assert all(f"def {each.function}(" in each.source for each in work.checks)
    assert all(each.report is not None and each.report.complete and each.suggested == each.most for each in work.writeups)
