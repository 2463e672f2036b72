"""Files of tables are tried in whole unless it is written down that all of their rows passed in the very state in which they are."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import rows

HERE = Path(__file__).resolve().parent
TABLE, SHORT, OTHER = HERE / "test_precision.py", HERE / "test_points.py", HERE / "test_pool.py"


@dataclass(frozen=True)
class Row:
    """What is asked of a test."""

    path: Path
    name: str
    originalname: str = "test"

    @property
    def nodeid(self) -> str:
        return f"tests/{self.path.name}::{self.name}"


def items() -> list[Row]:
    """The rows of a long table, of a short one, and of a test of something else."""
    counts = {TABLE: 200, SHORT: 40, OTHER: 50}
    return [Row(path, f"test[{number}]") for path, count in counts.items() for number in range(count)]


def tried(monkeypatch, tmp_path, record: dict[str, str], rows_asked: str = "") -> list[Row]:
    """What is left of them where this is written down."""
    (tmp_path / "passed.json").write_text(json.dumps(record))
    monkeypatch.setattr(rows, "RECORD", tmp_path / "passed.json")
    monkeypatch.setenv("ROWS", rows_asked)
    found, left_out = items(), []
    hook = SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items))
    rows.leave_out_rows(SimpleNamespace(hook=hook), found)
    assert len(found) + len(left_out) == len(items())
    return found


def passed() -> dict[str, str]:
    return {path.stem: rows.state_of(path) for path in (TABLE, SHORT)}


def test_a_part_of_each_table_is_tried_where_all_of_it_passed(monkeypatch, tmp_path):
    found = tried(monkeypatch, tmp_path, passed())
    counts = {path: sum(item.path == path for item in found) for path in (TABLE, SHORT, OTHER)}
    assert 0 < counts[TABLE] < 100
    assert counts[SHORT] < 20
    assert counts[OTHER] == 50


@pytest.mark.parametrize("record", [{}, {"test_precision": "of another state"}])
def test_all_is_tried_where_nothing_or_another_state_is_written_down(monkeypatch, tmp_path, record):
    assert len(tried(monkeypatch, tmp_path, record)) == len(items())


def test_all_is_tried_where_all_is_asked_for(monkeypatch, tmp_path):
    assert len(tried(monkeypatch, tmp_path, passed(), "all")) == len(items())


def test_another_state_tries_another_part(monkeypatch, tmp_path):
    first = {item.nodeid for item in tried(monkeypatch, tmp_path, passed())}
    monkeypatch.setattr(rows, "state_of", lambda path: "another")
    second = {item.nodeid for item in tried(monkeypatch, tmp_path, {"test_precision": "another", "test_points": "another"})}
    assert first != second


def test_a_state_is_of_the_code_that_is_tried_and_of_what_the_table_imports():
    assert rows.state_of(OTHER) == ""
    assert rows.state_of(TABLE) != rows.state_of(SHORT)
    assert TABLE in rows._with_imported(SHORT)
    for tables in rows.ALL:
        for pattern in tables.tried:
            assert any(rows.ROOT.glob(pattern)), pattern
        for pattern in tables.files:
            assert any(HERE.glob(f"test_{pattern}.py")), pattern
