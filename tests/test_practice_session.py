"""Practice as a student does it: a problem, a derivation in the saved notebook, hints, the solution after an attempt, a tally."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from autograder.course.practice import build_practice
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.practice import check_derivation, hint, practice, solution, tally
from matrix_checks.practice.drawing import LEVELS, draw_problem
from matrix_checks.practice.forms import FORMS, TRAPS
from matrix_checks.practice.helping import hints_of
from matrix_checks.practice.latex import latex
from matrix_checks.practice.mistakes import traps_of
from matrix_checks.practice.places import find_derivation
from matrix_checks.practice.problem import JACOBIAN, Problem
from matrix_checks.practice.products import multiply, scale, transpose
from matrix_checks.practice.readings import read
from matrix_checks.practice.schedule import INTERVALS, due_traps, next_focus
from matrix_checks.practice.session import STREAM
from matrix_checks.practice.solving import solve
from matrix_checks.practice.tally_file import FILE, RESULTS, SOLVED, Done, Open, Tally, Unreadable, load, save
from matrix_checks.practice.terms import Letter

ROOT = Path(__file__).parents[1]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the notebook, and a tally that always draws the same problems."""
    build_practice(ROOT, tmp_path / "desk")
    save(Tally(base=500), tmp_path / "desk" / FILE)
    return tmp_path / "desk"


def write(desk: Path, level: int, text: str) -> None:
    """Save the notebook with a derivation for a level."""
    notebook = desk / "practice.ipynb"
    content = json.loads(notebook.read_text())
    places = [
        place for place, cell in enumerate(content["cells"]) if cell["source"] and f"practice({level})" in "".join(cell["source"])
    ]
    place = next(place for place in places if content["cells"][place]["cell_type"] == "code")
    content["cells"][place + 1]["source"] = text
    notebook.write_text(json.dumps(content))


def right_text(desk: Path, level: int) -> str:
    opened = load(desk / FILE).open[level]
    return solve(draw_problem(level, opened.seed, opened.focus, STREAM)).markdown()


def wrong_text(desk: Path, level: int) -> str:
    opened = load(desk / FILE).open[level]
    problem = draw_problem(level, opened.seed, opened.focus, STREAM)
    return f"$${problem.question} = {latex(scale(3, solve(problem).answer))}$$"


@pytest.mark.parametrize("level", LEVELS)
def test_a_right_derivation_is_done_and_the_next_problem_is_another(desk: Path, level: int, capsys: pytest.CaptureFixture) -> None:
    practice(level, folder=desk)
    first = capsys.readouterr().out
    practice(level, folder=desk)
    assert capsys.readouterr().out == first, "the problem stays until it is done"
    write(desk, level, right_text(desk, level))
    check_derivation(level, folder=desk)
    said = capsys.readouterr().out
    assert "Done." in said
    assert "✗" not in said
    assert load(desk / FILE).done[0].result == SOLVED
    practice(level, folder=desk)
    assert capsys.readouterr().out != first


def test_a_wrong_step_is_named_and_asked_again_soon(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(2, folder=desk)
    write(desk, 2, wrong_text(desk, 2))
    check_derivation(2, folder=desk)
    assert "✗" in capsys.readouterr().out
    assert load(desk / FILE).open[2].fell == ["factor"]
    write(desk, 2, right_text(desk, 2))
    check_derivation(2, folder=desk)
    assert load(desk / FILE).done[0].result == "helped"
    practice(2, folder=desk)
    assert "a trap that you met before: factor" in capsys.readouterr().out


def test_the_solution_comes_after_an_attempt_only_and_of_the_drawn_problem_only(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(3, folder=desk)
    capsys.readouterr()
    solution(3, folder=desk)
    assert capsys.readouterr().out.startswith("The solution is shown after an attempt")
    opened = load(desk / FILE).open[3]
    statement = draw_problem(3, opened.seed, opened.focus, STREAM).statement()
    for nothing in ("I do not know.", "$y = y$", statement, "$$1 = 1$$"):
        write(desk, 3, nothing)
        check_derivation(3, folder=desk)
        capsys.readouterr()
        solution(3, folder=desk)
        assert capsys.readouterr().out.startswith("The solution is shown after an attempt"), nothing
    write(desk, 3, wrong_text(desk, 3))
    check_derivation(3, folder=desk)
    capsys.readouterr()
    solution(3, folder=desk)
    assert "**Solution**" in capsys.readouterr().out
    assert load(desk / FILE).done[0].result == "shown"
    assert load(desk / FILE).done[0].fell, "what needed the solution is asked again"
    solution(3, folder=desk)
    assert "**Solution**" in capsys.readouterr().out, "it can be read again"
    with pytest.raises(TypeError):
        solution(3, "y = x^T x", folder=desk)


def test_a_hint_is_an_idea_first_and_then_the_step_and_never_the_answer(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(4, folder=desk)
    opened = load(desk / FILE).open[4]
    solved = solve(draw_problem(4, opened.seed, opened.focus, STREAM))
    hints = hints_of(solved)
    capsys.readouterr()
    for expected in hints:
        hint(4, folder=desk)
        assert expected in capsys.readouterr().out
    hint(4, folder=desk)
    assert "These were all hints" in capsys.readouterr().out
    assert not any(f"{solved.problem.question} = {latex(solved.answer)}" in each for each in hints)


@pytest.mark.parametrize("call", [check_derivation, hint, solution])
def test_without_a_problem_one_sentence_says_what_to_do(desk: Path, call, capsys: pytest.CaptureFixture) -> None:
    call(1, folder=desk)
    assert capsys.readouterr().out == "No problem of level 1 is open: run practice(1) first.\n"


@pytest.mark.parametrize("arguments", [(7,), (0,), ("two",), (2.0,), (True,), (1, "chain"), (1, "speed")])
def test_a_level_or_a_focus_that_does_not_exist_is_one_sentence(
    desk: Path, arguments: tuple, capsys: pytest.CaptureFixture
) -> None:
    practice(*arguments, folder=desk)
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.endswith(".\n")


@pytest.mark.parametrize(
    "edited",
    ["", "[]", "{}", '{"version": 2}', '{"version": 1, "base": 1, "open": {"2": {"seed": "x", "focus": ""}}, "done": []}', "{" * 5000, '{"version": 1, "base": 1, "open": [], "done": [{}]}'],
)  # fmt: skip
def test_a_tally_that_was_edited_is_one_sentence_and_stays_as_it_is(desk: Path, edited: str, capsys: pytest.CaptureFixture) -> None:
    (desk / FILE).write_text(edited)
    for call in (practice, check_derivation, hint, solution):
        call(1, folder=desk)
        said = capsys.readouterr().out
        assert said.count("\n") == 1
        assert "practice.json is no tally" in said
    tally(folder=desk)
    assert "practice.json is no tally" in capsys.readouterr().out
    assert (desk / FILE).read_text() == edited


def test_the_derivation_is_found_where_students_put_it(desk: Path) -> None:
    """In a cell that was split, below the stub, in another notebook, or with the cell that shows the problem gone."""
    write(desk, 2, "*Write your derivation here.*\n\n$a = b$")
    place = find_derivation(2, desk)
    assert place is not None and place.text.strip() == "$a = b$"
    content = json.loads((desk / "practice.ipynb").read_text())
    cells = content["cells"]
    start = next(place for place, cell in enumerate(cells) if "".join(cell["source"]).startswith("practice(2)"))
    cells.insert(start + 2, {"cell_type": "markdown", "metadata": {}, "source": "$c = d$"})
    cells.insert(start + 2, {"cell_type": "code", "metadata": {}, "source": "1 + 1", "outputs": [], "execution_count": None})
    (desk / "copy.ipynb").write_text(json.dumps(content))
    os.utime(desk / "copy.ipynb", (2_000_000_000, 2_000_000_000))
    place = find_derivation(2, desk)
    assert place is not None and place.notebook.name == "copy.ipynb"
    assert "$a = b$" in place.text and "$c = d$" in place.text
    del cells[start]
    (desk / "copy.ipynb").write_text(json.dumps(content))
    os.utime(desk / "copy.ipynb", (2_000_000_001, 2_000_000_001))
    place = find_derivation(2, desk)
    assert place is not None and "$c = d$" in place.text
    (desk / "broken.ipynb").write_text("{")
    assert find_derivation(2, desk) is not None
    assert find_derivation(2, desk / "nowhere") is None


done = st.builds(
    Done,
    st.just("2026-11-27"),
    st.integers(1, 5),
    st.integers(0, 99),
    st.just(""),
    st.lists(st.sampled_from(TRAPS), unique=True, max_size=3),
    st.lists(st.sampled_from(TRAPS), unique=True, max_size=2),
    st.sampled_from(RESULTS),
)


@given(st.lists(done, max_size=30), st.sampled_from(LEVELS))
def test_what_is_asked_next_is_a_trap_that_went_wrong_and_that_the_level_has(problems: list[Done], level: int) -> None:
    found = Tally(base=1, done=problems)
    focus = next_focus(found, level)
    if focus:
        assert any(focus in each.fell for each in problems)
        assert any(focus in each.traps and each.level == level for each in FORMS)


def test_a_trap_that_is_passed_comes_back_later_and_later_and_then_not_at_all() -> None:
    found = Tally(base=1, done=[Done("2026-11-27", 2, 1, "", ["factor"], ["factor"], "helped")])
    waits: list[int] = []
    while len(waits) < len(INTERVALS):
        wait = 1
        while "factor" not in due_traps(found):
            found.done.append(Done("2026-11-27", 1, 1, "", [], [], SOLVED))
            wait += 1
        waits.append(wait)
        found.done.append(Done("2026-11-27", 2, 1, "factor", ["factor"], [], SOLVED))
    assert waits == sorted(waits) and waits[-1] > waits[0]
    found.done += [Done("2026-11-27", 1, 1, "", [], [], SOLVED)] * 50
    assert not due_traps(found)


@given(
    st.lists(done, max_size=10),
    st.dictionaries(st.integers(1, 5), st.builds(Open, st.integers(0, 99), st.sampled_from(("", *TRAPS)))),
)
def test_a_tally_is_read_as_it_was_written(problems: list[Done], opened: dict[int, Open]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        written = Tally(7, opened, problems)
        save(written, Path(folder) / FILE)
        assert load(Path(folder) / FILE) == written


def test_no_seed_comes_twice() -> None:
    found = Tally(base=3)
    for _ in range(5):
        found.open[1] = Open(found.next_seed(), "")
        found.close(1, (), SOLVED)
    assert [each.seed for each in found.done] == [3, 4, 5, 6, 7]


def test_an_unreadable_tally_says_which_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no")
    with pytest.raises(Unreadable, match=r"practice\.json"):
        load(tmp_path / FILE)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "matrix_checks", "practice", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)


def test_the_command_prints_the_same_sheet_and_writes_files_to_print(tmp_path: Path) -> None:
    printed = run("--level", "3", "--seed", "7", "--count", "3", "--answers", folder=tmp_path)
    assert printed.returncode == 0
    assert printed.stdout.count("## ") == 6
    assert draw_problem(3, 8).statement() in printed.stdout
    for name in ("sheet.md", "sheet.tex", "sheet.ipynb"):
        assert run("--level", "5", "--count", "4", "--answers", "--output", name, folder=tmp_path).returncode == 0
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--level", "9"), "There is no level 9: levels go from 1 to 5.\n"),
        (("--count", "0"), "--count is 0: it goes from 1 to 1000.\n"),
        (("--focus", "speed"), "There is no focus 'speed': choose one of transposes, order, factor, layout, mean, chain.\n"),
        (("--output", "sheet.pdf"), "sheet.pdf: a sheet can be written as .md, .tex, .ipynb.\n"),
        (("--output", "no/sheet.md"), "no/sheet.md cannot be written: No such file or directory.\n"),
    ],
)
def test_bad_input_on_the_command_line_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    printed = run(*arguments, folder=tmp_path)
    assert (printed.returncode, printed.stdout) == (2, said)


@pytest.mark.slow
def test_the_notebook_runs_from_its_folder_alone_with_the_wheel_beside_it(desk: Path) -> None:
    practice(2, folder=desk)
    write(desk, 2, right_text(desk, 2))
    notebook = nbformat.read(desk / "practice.ipynb", as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(desk)}}).execute()
    shown = [str(output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not any("Traceback" in each for each in shown)
    assert sum("text/markdown" in each and "Level" in each for each in shown) == len(LEVELS)
    assert any("Done." in each for each in shown)
    assert any("image/png" in each for each in shown), "the picture of the tally"


def test_an_answer_alone_is_right_and_not_done(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(4, folder=desk)
    opened = load(desk / FILE).open[4]
    problem = draw_problem(4, opened.seed, opened.focus, STREAM)
    write(desk, 4, f"$${problem.question} = {latex(solve(problem).answer)}$$")
    check_derivation(4, folder=desk)
    assert "The answer is right. Write the steps" in capsys.readouterr().out
    assert not load(desk / FILE).done


def test_another_problem_is_another_one_and_forgets_nothing(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(2, folder=desk)
    first = capsys.readouterr().out
    write(desk, 2, wrong_text(desk, 2))
    check_derivation(2, folder=desk)
    capsys.readouterr()
    practice(2, another=True, folder=desk)
    second = capsys.readouterr().out
    assert second != first
    left = load(desk / FILE).done[0]
    assert (left.result, left.fell) == ("left", ["factor"])
    assert "a trap that you met before: factor" in second


def test_a_focus_that_was_asked_for_is_not_called_one_that_was_met(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(3, "order", folder=desk)
    practice(3, folder=desk)
    assert "met before" not in capsys.readouterr().out


def test_the_old_text_is_not_read_for_the_new_problem(desk: Path, capsys: pytest.CaptureFixture) -> None:
    practice(1, folder=desk)
    write(desk, 1, right_text(desk, 1))
    check_derivation(1, folder=desk)
    practice(1, folder=desk)
    capsys.readouterr()
    check_derivation(1, folder=desk)
    assert capsys.readouterr().out.splitlines()[-1].startswith("This is the derivation of the problem before.")
    assert load(desk / FILE).open[1].attempts == 0


def test_a_text_can_be_handed_over_where_no_file_is_saved(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    practice(3, folder=tmp_path)
    check_derivation(3, folder=tmp_path)
    assert 'check_derivation(3, text=r"""...""")' in capsys.readouterr().out
    check_derivation(3, text=right_text(tmp_path, 3), folder=tmp_path)
    assert "Done." in capsys.readouterr().out


def test_a_row_on_the_way_to_a_jacobian_is_in_the_layout_that_is_asked_for() -> None:
    x, U, p = Letter("x", ("N", "1")), Letter("U", ("M", "N")), Letter("p", ("N", "1"))
    term = multiply(multiply(transpose(p), x), U, x)
    problem = Problem(2, 0, "", (), Letter("y", term.shape), term, (), x, JACOBIAN)
    text = r"Let $s = p^\top x$, so $\frac{\partial s}{\partial x} = p^\top$. $$\frac{\partial y}{\partial x} = U x \frac{\partial s}{\partial x} + s U = U x p^\top + (p^\top x) U$$"
    reading = read(text, problem, 3)
    assert {step.verdict for step in reading.report.steps} == {"holds"}
    assert reading.is_done


@pytest.mark.parametrize(
    ("reason", "trap"),
    [
        ("it would be true with $A^\\top$ in the place of $A$", "transposes"),
        ("it would be true with $(A - B)^\\top$ in the place of $A - B$", "transposes"),
        ("M × N times K × 1 cannot be multiplied", "transposes"),
        ("off by a factor: the right side is 2 times the left side", "factor"),
        ("the sign of $x^\\top A$ is wrong", "factor"),
        ("the left side is $K$ times the right side", "mean"),
        ("off by a factor: the right side is N times the left side", "mean"),
        ("it would be true with $A B$ in the place of $B A$, in the other order", "order"),
        ("this path is missing: $z$", "chain"),
        ("the two sides differ", None),
    ],
)
def test_a_reason_names_the_trap_that_it_speaks_of_or_none(reason: str, trap: str | None) -> None:
    report = Report(steps=[Step("a", "=", "b", "false", reason, 0)])
    assert traps_of(report) == ([trap] if trap else [])
