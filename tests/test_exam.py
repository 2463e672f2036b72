"""A class set of problems: all different, equally hard, with the key; the pages print and open offline."""

import re
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.reports.exam import people_of, write_exam
from matrix_checks.practice.class_sets import draw_class_set, pattern_of
from matrix_checks.practice.drawing import LEVELS, NotPossible, draw_problem
from matrix_checks.practice.forms import TRAPS


@pytest.mark.parametrize("level", LEVELS)
def test_a_class_of_sixty_gets_problems_that_differ_and_are_equally_hard(level: int) -> None:
    drawn = draw_class_set([f"student {number}" for number in range(60)], level, seed=1)
    statements = {each.problem.statement() for each in drawn.solutions.values()}
    assert len(statements) == 60
    assert {each.hardness for each in drawn.solutions.values()} == {drawn.hardness}
    patterns = [pattern_of(each.problem) for each in drawn.solutions.values()]
    assert len(set(patterns[:8])) == 8, "letters alone make no other problem, as long as there are enough"


def test_a_pattern_is_the_same_in_other_letters_and_another_for_another_problem() -> None:
    by_pattern: dict[str, set[str]] = {}
    for seed in range(200):
        problem = draw_problem(3, seed)
        plain = re.sub(
            r"\\[a-z]+|[A-Za-z]", lambda found: found.group() if found.group().startswith("\\") else "x", problem.statement()
        )
        by_pattern.setdefault(pattern_of(problem), set()).add(plain.partition("$$\n")[0])
    assert all(len(forms) == 1 for forms in by_pattern.values())
    assert len(by_pattern) < 200


def test_the_same_seed_draws_the_same_set_and_another_one_another() -> None:
    people = ["ada", "bea", "cy"]
    first, again, other = (draw_class_set(people, 2, seed).solutions for seed in (5, 5, 6))
    assert [each.problem for each in first.values()] == [each.problem for each in again.values()]
    assert [each.problem for each in first.values()] != [each.problem for each in other.values()]


@pytest.mark.parametrize("focus", TRAPS)
def test_a_focus_is_in_every_problem(focus: str) -> None:
    drawn = draw_class_set(["ada", "bea", "cy", "dee"], 5 if focus != "mean" else 3, 1, focus)
    assert all(focus in each.problem.traps for each in drawn.solutions.values())


def test_the_pages_hold_every_sheet_and_the_key_apart(tmp_path: Path) -> None:
    said: list[str] = []
    drawn = write_exam(tmp_path, people_of(tmp_path, 5), 4, "", 3, tmp_path / "reports", said.append)
    sheets, key = ((tmp_path / "reports" / "exam" / name).read_text() for name in ("sheets.html", "key.html"))
    assert sheets.count("exam-sheet") == 5
    assert key.count("exam-key") == 5
    for page in (sheets, key):
        assert not re.search(r"\\(?:operatorname|frac|top|lVert)", page), "raw TeX"
        assert "://" not in page.replace("http://www.w3.org", ""), "everything opens offline"
    assert not any(f"seed {each.problem.seed}" in sheets for each in drawn.solutions.values())
    assert f"each solution needs {drawn.hardness} rules and moves" in said[0]


def test_a_name_of_the_class_list_is_text(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,first_name,last_name,email\nada,<script>alert(1)</script>,Lovelace,\n")
    write_exam(tmp_path, people_of(tmp_path, 0), 1, "", 3, tmp_path / "reports", lambda sentence: None)
    page = (tmp_path / "reports" / "exam" / "sheets.html").read_text()
    assert "<script>alert" not in page
    assert "Lovelace" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--level", "9", "--count", "3"], "There is no level 9"),
        (["--count", "3", "--focus", "speed"], "There is no focus 'speed'"),
        (["--count", "-1"], "COUNT is -1"),
        ([], "Nobody is in the class yet"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture) -> None:
    assert main(["--root", str(tmp_path), "exam", *arguments]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(f"Error: {said}")
    assert printed.count("\n") == 1
    assert not (tmp_path / "reports").exists()


def test_nobody_gets_no_problem() -> None:
    with pytest.raises(NotPossible, match="nobody"):
        draw_class_set([], 1, 1)
