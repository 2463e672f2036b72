"""A derivation that was read before is not read again, and nothing that is out of date is found."""

import sqlite3

import pytest

from autograder.grading import kept_reports, reading
from autograder.grading.kept_reports import KeptReports, key_of
from matrix_checks.derivations.values.declared_exercises import FILE
from tests.conftest import ROOT

WRITEUPS = ROOT / "source" / "differentiation" / FILE
TEXT = "$y = x^\\top x$, so $dy = 2 x^\\top dx$ and $\\frac{dy}{dx} = 3x$.\n\nWhy: $\\sum_i x_i^2 \\Rightarrow 2x_i$."
NAME = next(iter(reading.declared(WRITEUPS)))


@pytest.fixture
def kept(tmp_path):
    reading.keep_reports_in(tmp_path / "kept.db")
    yield tmp_path / "kept.db"
    reading.keep_reports_in(None)


def read_again(file, monkeypatch):
    """The report as another run finds it, in which reading is not possible."""
    reading.keep_reports_in(file)
    monkeypatch.setattr(reading, "_report", lambda exercise, source: pytest.fail("it was read again"))
    return reading.report_on(WRITEUPS, NAME, TEXT)


def test_what_was_read_is_found_whole_in_another_run(kept, monkeypatch):
    report = reading.report_on(WRITEUPS, NAME, TEXT)
    assert report.first_false is not None and report.first_false.certificate and report.account
    assert read_again(kept, monkeypatch) == report


def test_another_text_write_up_declaration_or_reader_has_another_key(monkeypatch):
    key = key_of("declared", "writeup_ex1", "text")
    others = {
        key_of("declared", "writeup_ex1", "text "),
        key_of("declared", "writeup_ex1t", "ext"),
        key_of("declare", "dwriteup_ex1", "text"),
    }
    monkeypatch.setattr(kept_reports, "_reader", lambda: "another")
    assert len({key, key_of("declared", "writeup_ex1", "text"), *others}) == 5
    assert key_of("declared", "writeup_ex1", "a half of a sign: \ud835")


@pytest.mark.parametrize("spoil", ["no database", "other columns", "no report"])
def test_a_file_that_cannot_be_used_changes_nothing(kept, spoil, monkeypatch):
    report = reading.report_on(WRITEUPS, NAME, TEXT)
    reading.keep_reports_in(None)
    for each in kept.parent.glob("kept.db*"):
        each.unlink()
    if spoil == "no database":
        kept.write_bytes(b"not a database" * 1000)
    else:
        with sqlite3.connect(kept) as connection:
            if spoil == "other columns":
                connection.execute("CREATE TABLE report (something TEXT)")
            else:
                connection.execute("CREATE TABLE report (key TEXT UNIQUE, content TEXT)")
                key = key_of(WRITEUPS.read_text(), NAME, TEXT)
                connection.execute("INSERT INTO report VALUES (?, ?)", (key, '{"steps": 3}'))
    reading.keep_reports_in(kept)
    assert reading.report_on(WRITEUPS, NAME, TEXT) == report


def test_only_the_last_ones_are_kept(tmp_path, monkeypatch):
    report = reading.report_on(WRITEUPS, NAME, TEXT)
    monkeypatch.setattr(kept_reports, "MOST_REPORTS", 3)
    file = tmp_path / "kept.db"
    first = KeptReports(file)
    for number in range(5):
        first.keep(str(number), report)
    again = KeptReports(file)
    assert [again.find(str(number)) is not None for number in range(5)] == [False, False, True, True, True]
