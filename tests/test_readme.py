"""What the README says is so: its commands, its links, and its walk-through."""

import re
import subprocess

import pytest

from autograder.course.build import build
from autograder.course.master import read_master
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercises
from tests.conftest import BY_ID, ROOT, notebook_of, read_notebook

README = (ROOT / "README.md").read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def test_the_two_commands_exist_and_continuous_integration_runs_the_test_command():
    assert "make grade " in README and "make test " in README
    assert {"grade", "test", "build"} <= make_targets()
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith(("#", "set", "cd"))]
    assert lines == ["make test"]


def test_every_make_command_that_the_readme_names_is_a_target():
    assert set(re.findall(r"make (\w+)", README)) - {"matrix"} <= make_targets()


def test_every_link_and_folder_of_the_readme_exists():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
    for folder in re.findall(r"^\| `(\w+)/", README, flags=re.MULTILINE):
        assert (ROOT / folder).is_dir(), folder


def test_what_continuous_integration_runs_is_executable():
    for path in (".ci/run", "set_up_environment.sh"):
        mode = subprocess.run(["git", "ls-files", "-s", path], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert mode.startswith("100755"), path


def test_the_walk_through_that_adds_an_exercise_works(course):
    """Done as it is written: paste the cells, write the hidden file, add the row, build; the new check earns its points."""
    if "ex5" in {exercise.identifier for exercise in BY_ID["differentiation"].exercises}:
        pytest.skip("the course has an exercise of this name already")
    walk = README.split("## How to add an exercise")[1]
    cells = re.search(r"````markdown\n(.*?)````", walk, flags=re.DOTALL)[1]
    raised = re.search(r"raise the points by (\d+) and by (\d+), here from (\d+) and (\d+),", walk)
    more_code, more_writeups, old_code, old_writeups = map(int, raised.groups())
    code, writeups, row = re.search(
        r"```toml\n\s*\[points\]\n\s*code = (\d+)\n\s*writeups = (\d+)\n\s*\[exercises\]\n(.*?)```", walk, flags=re.DOTALL
    ).groups()
    assert (int(code), int(writeups)) == (old_code + more_code, old_writeups + more_writeups)
    folder = course / "assignments" / "differentiation"
    master = folder / "matrix_derivatives.md"
    dedented = "\n".join(line.removeprefix("   ") for line in cells.split("\n"))
    master.write_text(master.read_text(encoding="utf-8").rstrip() + "\n\n" + dedented, encoding="utf-8")
    path, hidden = re.search(r"`(assignments/\S+\.py)`.*?```python\n(.*?)```", walk, flags=re.DOTALL).groups()
    (course / path).write_text("\n".join(line.removeprefix("   ") for line in hidden.split("\n")), encoding="utf-8")
    description = folder / "assignment.toml"
    points = BY_ID["differentiation"].points
    # Of the course as it is, which may have more exercises than when the walk-through was written.
    marks = description.read_text(encoding="utf-8")
    for kind, more in (("code", more_code), ("writeups", more_writeups)):
        old = f"\n{kind} = {points[kind]:g}\n"
        assert old in marks
        marks = marks.replace(old, f"\n{kind} = {points[kind] + more:g}\n")
    description.write_text(marks + row.strip() + "\n", encoding="utf-8")
    reading = course / "assignments" / "differentiation" / "writeups.toml"
    declared = re.search(r"```toml\n(\s*\[writeup_ex5\]\n.*?)```", walk, flags=re.DOTALL)[1]
    reading.write_text(reading.read_text(encoding="utf-8") + "\n" + declared, encoding="utf-8")
    asked = re.search(r"```toml\n(\s*\[\[question\]\]\n.*?)```", walk, flags=re.DOTALL)[1]
    (folder / "defence.toml").write_text((folder / "defence.toml").read_text(encoding="utf-8") + "\n" + asked, encoding="utf-8")
    before = {cell.id for cell in read_notebook(notebook_of("release", BY_ID["differentiation"], course)).cells}
    build(course, say=lambda text: None)
    release = read_notebook(notebook_of("release", BY_ID["differentiation"], course))
    assert {"grad_cubes", "check_grad_cubes", "writeup_ex5", "read_writeup_ex5"} <= {cell.id for cell in release.cells} - before
    assert "3 * x * x" not in notebook_of("release", BY_ID["differentiation"], course).read_text(encoding="utf-8")
    solved = read_notebook(notebook_of("solutions", BY_ID["differentiation"], course))
    check = next(cell for cell in solved.cells if cell.id == "check_grad_cubes")
    assert check.outputs[-1].data["text/plain"] == "4.0"
    source = read_notebook(notebook_of("source", BY_ID["differentiation"], course))
    assert "a longer vector" in next(cell.source for cell in source.cells if cell.id == "check_grad_cubes")
    exercise = read_exercises(course / "source" / "differentiation" / "writeups.json")["writeup_ex5"]
    assert read_writeup(r"Entry by entry, $\frac{\partial y}{\partial x_k} = 3 x_k^2$.", exercise).count("holds") == 1
    assert any(cell.id == "check_grad_cubes" for cell in read_master(master).cells)
