"""The house: imports flow one way, from each room down to those that it is built on, and never in a circle."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLAN = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for package in ("matrix_checks", "autograder")
    for path in (ROOT / package).rglob("*.py")
    if "template" not in path.parts
}


@cache
def imported(module: str) -> frozenset[str]:
    """The course's own modules that one imports, at its top or inside of a function."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found & MODULES.keys())


def floors(package: str) -> list[set[str]]:
    """The rooms of a package from the ground up, as the plan at the top of ``docs/architecture.md`` draws them."""
    (line,) = re.findall(rf"(?m)^    {package}: +(.*(?:\n +← .*)*)", PLAN)
    return [set(re.split(r",\s*", floor.strip())) for floor in re.split(r"←|;.*", line) if floor.strip()]


def room(module: str, package: str) -> str:
    return module.removeprefix(f"{package}.").split(".")[0]


@pytest.mark.parametrize("package", ["matrix_checks.derivations", "autograder"])
def test_a_room_imports_only_from_its_own_floor_and_from_below(package: str):
    plan = floors(package.split(".")[-1])
    height = {name: floor for floor, names in enumerate(plan) for name in names}
    upward = {
        f"{module} imports {other}"
        for module in MODULES
        for other in imported(module)
        if module.startswith(f"{package}.") and other.startswith(f"{package}.")
        if height.get(room(module, package), len(plan)) < height.get(room(other, package), 0)
    }
    assert not upward
    assert {name for name in height if not any(room(module, package) == name for module in MODULES)} == set(), "no such room"


def test_what_travels_to_students_knows_nothing_of_the_autograder():
    assert not {
        f"{module} imports {other}"
        for module in MODULES
        for other in imported(module)
        if module.startswith("matrix_checks") and other.startswith("autograder")
    }


def test_no_modules_import_each_other_in_a_circle():
    open_, done = [], set()

    def visit(module: str) -> None:
        assert module not in open_, " imports ".join([*open_[open_.index(module) :], module])
        if module not in done:
            open_.append(module)
            for other in sorted(imported(module) - {module}):
                visit(other)
            done.add(open_.pop())

    for module in sorted(MODULES):
        visit(module)


def test_every_room_says_in_its_first_line_what_it_does():
    """The plan names folders and their doors: whoever looks for the rest reads the first lines."""
    silent = {module for module, path in MODULES.items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))}
    assert not silent


def test_every_folder_of_the_reader_is_on_the_plan():
    folders = {path.parent.name for path in MODULES.values() if path.parent.parent.name == "derivations"}
    assert folders == {name for floor in floors("derivations") for name in floor} - {"check_cell"}
    assert {name for name in folders if f"`{name}/" not in PLAN} == set()
